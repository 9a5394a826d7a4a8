import { createMeter } from "../../../functions/common/meter";
import { linesOf } from "./lines";

const now = new Date("2026-02-01T10:00:00Z");
const dimensions = { environment: "prod", function: "stream" };
const counts = { processed: 2, quarantined: 1, skipped: 3, failed: 4 };

const definition = (names: readonly string[], more: readonly string[] = []) => ({
  Timestamp: now.getTime(),
  CloudWatchMetrics: [
    {
      Namespace: "Darkroom",
      Dimensions: [["environment", "function", ...more]],
      Metrics: names.map((Name) => ({ Name, Unit: unitOf(Name) })),
    },
  ],
});

const unitOf = (name: string): string =>
  name === "Bytes" ? "Bytes" : name === "ProcessingMilliseconds" ? "Milliseconds" : "Count";

const ends = ["ImagesProcessed", "ImagesQuarantined", "ImagesSkipped", "ImagesFailed", "Bytes"];
const values = { ImagesProcessed: 2, ImagesQuarantined: 1, ImagesSkipped: 3, ImagesFailed: 4 };

beforeEach(() => {
  jest.useFakeTimers({ now });
});

afterEach(() => {
  jest.useRealTimers();
  delete process.env.AWS_LAMBDA_INITIALIZATION_TYPE;
});

it("writes what a call did as one metric in CloudWatch's embedded form, and one for each reason of refusal", () => {
  const lines = linesOf(() => {
    const meter = createMeter(dimensions);
    meter.begin();
    meter.worked(1000, 12);
    meter.worked(500, 30);
    meter.refused("corrupt");
    meter.refused("empty");
    meter.refused("corrupt");
    meter.end(counts);
  });
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    {
      _aws: definition(["ProcessingMilliseconds", ...ends]),
      ...dimensions,
      ...values,
      ProcessingMilliseconds: [12, 30],
      Bytes: 1500,
    },
    { _aws: definition(["ImagesRefused"], ["reason"]), ...dimensions, reason: "corrupt", ImagesRefused: 2 },
    { _aws: definition(["ImagesRefused"], ["reason"]), ...dimensions, reason: "empty", ImagesRefused: 1 },
  ]);
});

it("tells the first call of a process that Lambda started for it, and begins each call at nothing", () => {
  process.env.AWS_LAMBDA_INITIALIZATION_TYPE = "on-demand";
  const lines = linesOf(() => {
    const meter = createMeter(dimensions);
    for (let call = 0; call < 2; call++) {
      meter.begin();
      meter.worked(1000, 12);
      meter.refused("empty");
      meter.end(counts);
    }
  });
  const [first, , second] = lines.map((line) => JSON.parse(line));
  expect(first).toEqual({
    _aws: definition(["ColdStart", "ProcessingMilliseconds", ...ends]),
    ...dimensions,
    ...values,
    ColdStart: 1,
    ProcessingMilliseconds: 12,
    Bytes: 1000,
  });
  expect(second).toEqual({
    _aws: definition(["ProcessingMilliseconds", ...ends]),
    ...dimensions,
    ...values,
    ProcessingMilliseconds: 12,
    Bytes: 1000,
  });
  expect(lines).toHaveLength(4);
});

it("keeps the times of a call with more images than a metric may hold values", () => {
  const lines = linesOf(() => {
    const meter = createMeter(dimensions);
    meter.begin();
    for (let image = 0; image < 150; image++) meter.worked(1, image);
    meter.end(counts);
  });
  const times = lines.flatMap((line) => JSON.parse(line).ProcessingMilliseconds);
  expect(times).toEqual(Array.from({ length: 150 }, (_, image) => image));
  expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ Bytes: 150 });
});
