import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ownDisks } from "../../modules/own-disks";

it.each([
  ["ml.g4dn.xlarge", true],
  ["ml.g5.xlarge", true],
  ["ml.g6e.12xlarge", true],
  ["ml.p3dn.24xlarge", true],
  ["ml.p4de.24xlarge", true],
  ["ml.p5en.48xlarge", true],
  ["ml.p6-b200.48xlarge", true],
  ["ml.trn1.32xlarge", true],
  ["ml.m6id.large", true],
  ["ml.r5d.large", true],
  ["ml.t3.medium", false],
  ["ml.m5.xlarge", false],
  ["ml.m7i-flex.large", false],
  ["ml.c5n.large", false],
  ["ml.p2.xlarge", false],
  ["ml.p3.2xlarge", false],
  ["ml.inf2.xlarge", false],
])("%s has disks of its own: %s", (type, own) => {
  expect(ownDisks.test(type)).toBe(own);
});

it("is the same for the orders of the notebooks as for the rights they have", () => {
  const python = readFileSync(join(__dirname, "..", "..", "notebooks", "darkroom_jobs.py"), "utf8");
  expect(/^OWN_DISKS = re\.compile\(r"(.*)"\)$/m.exec(python)?.[1]).toBe(ownDisks.source);
});
