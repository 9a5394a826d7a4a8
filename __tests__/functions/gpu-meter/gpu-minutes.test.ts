import * as fc from "fast-check";
import { gpuMinutes } from "../../../functions/gpu-meter/gpu-minutes";
import { acceleratorsIn, type Instances, type Running } from "../../../functions/gpu-meter/running";

const job = (group: string | undefined, ...instances: Instances[]): Running => ({
  kind: "training-job",
  name: "any",
  group,
  instances,
});

it("counts GPUs times the minutes of a sample, a group each, and what is nobody's apart", () => {
  const running = [
    job("one", { type: "ml.g5.xlarge", count: 3 }),
    job("one", { type: "ml.p3.8xlarge", count: 2 }, { type: "ml.c5.xlarge", count: 9 }),
    job(undefined, { type: "ml.g5.48xlarge", count: 1 }),
  ];
  const { groups, unassigned } = gpuMinutes(running, ["one", "two"], 5);
  expect([...groups]).toEqual([
    ["one", 55],
    ["two", 0],
  ]);
  expect(unassigned).toBe(40);
});

it("counts instances of a type that nothing says any more as one GPU each", () => {
  expect(acceleratorsIn(job("one", { type: undefined, count: 2 }))).toBe(2);
});

it("the samples of a job that runs the whole time come to its hours, without rounding", () => {
  void fc.assert(
    fc.property(
      fc.constantFrom(1, 2, 3, 5, 10, 20, 60),
      fc.integer({ min: 1, max: 240 }),
      fc.integer({ min: 1, max: 200 }),
      fc.constantFrom(["ml.g5.xlarge", 1] as const, ["ml.g5.12xlarge", 4] as const, ["ml.p4d.24xlarge", 8] as const),
      (sampleMinutes, hours, count, [type, gpus]) => {
        let minutes = 0;
        for (let sample = 0; sample < (hours * 60) / sampleMinutes; sample++) {
          minutes += gpuMinutes([job("one", { type, count })], ["one"], sampleMinutes).groups.get("one") ?? 0;
        }
        expect(minutes).toBe(hours * 60 * count * gpus);
      },
    ),
    { numRuns: 50 },
  );
});
