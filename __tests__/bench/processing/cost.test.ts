import { costPerMillion, usdOfDuration } from "../../../bench/processing/cost";

const requestsPerImage = { put: 3, copy: 1, get: 1, head: 1, delete: 1 };

it("costs a GB-second what Lambda on Arm lists for it", () => {
  expect(usdOfDuration(1000, 1024)).toBeCloseTo(0.0000133334, 12);
});

it("costs the same with half the memory in twice the time", () => {
  expect(usdOfDuration(200, 1024)).toBeCloseTo(usdOfDuration(100, 2048), 15);
});

it("adds up what a million streamed images cost: DELETE is free, and no Step Functions run", () => {
  const cost = costPerMillion({
    millisecondsPerImage: 100,
    imagesPerInvocation: 50,
    requestsPerImage,
    distributedMap: false,
  });
  expect(cost.lambdaDuration).toBeCloseTo(100_000 * (1769 / 1024) * 0.0000133334, 9);
  expect(cost.lambdaRequests).toBeCloseTo(20_000 * 0.0000002, 9);
  expect(cost.s3Writes).toBeCloseTo(4_000_000 * 0.000005, 9);
  expect(cost.s3Reads).toBeCloseTo(2_000_000 * 0.0000004, 9);
  expect(cost.stepFunctions).toBe(0);
  expect(cost.total).toBeCloseTo(cost.lambdaDuration + cost.lambdaRequests + cost.s3Writes + cost.s3Reads, 9);
});

it("adds a listing of a thousand keys and a child of the Distributed Map an invocation for the batch", () => {
  const input = { millisecondsPerImage: 100, imagesPerInvocation: 50, requestsPerImage };
  const stream = costPerMillion({ ...input, distributedMap: false });
  const batch = costPerMillion({ ...input, distributedMap: true });
  expect(batch.s3Writes - stream.s3Writes).toBeCloseTo(1000 * 0.000005, 9);
  // 20,000 children: a transition, a request, and 5 seconds of 64 MB each.
  expect(batch.stepFunctions).toBeCloseTo(20_000 * (0.000025 + 0.000001 + 5 * 0.0625 * 0.00001667), 9);
});

it("bills a child's duration in steps of 100 ms", () => {
  const child = (millisecondsPerImage: number) =>
    costPerMillion({ millisecondsPerImage, imagesPerInvocation: 1, requestsPerImage, distributedMap: true })
      .stepFunctions;
  expect(child(101)).toBeCloseTo(child(200), 12);
  expect(child(201)).toBeGreaterThan(child(200));
});
