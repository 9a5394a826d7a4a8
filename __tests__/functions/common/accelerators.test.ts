import { acceleratorsOf } from "../../../functions/common/accelerators";

it.each([
  ["ml.g4dn.xlarge", 1],
  ["ml.g4dn.12xlarge", 4],
  ["ml.g5.16xlarge", 1],
  ["ml.g5.48xlarge", 8],
  ["ml.g6e.12xlarge", 4],
  ["ml.g7e.12xlarge", 2],
  ["ml.p3.2xlarge", 1],
  ["ml.p3.8xlarge", 4],
  ["ml.p4d.24xlarge", 8],
  ["ml.p5.4xlarge", 1],
  ["ml.p6-b200.48xlarge", 8],
  ["ml.inf2.48xlarge", 12],
  ["ml.trn1.32xlarge", 16],
])("%s has %i", (type, count) => {
  expect(acceleratorsOf(type)).toBe(count);
});

it("a size that nobody has heard of counts as one where its family has accelerators", () => {
  expect(acceleratorsOf("ml.g9.96xlarge")).toBe(1);
  expect(acceleratorsOf("ml.p7x.large")).toBe(1);
});

it.each(["ml.t3.medium", "ml.m5.2xlarge", "ml.c5.xlarge", "ml.r5.large", "system", "g5.xlarge", ""])(
  "%p has none",
  (type) => {
    expect(acceleratorsOf(type)).toBe(0);
  },
);
