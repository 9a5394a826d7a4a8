import { createGpuMetrics } from "../../../functions/gpu-meter/metrics";
import { linesOf } from "../common/lines";

const now = new Date("2026-02-01T10:00:00Z");

beforeEach(() => {
  jest.useFakeTimers({ now });
});

afterEach(() => {
  jest.useRealTimers();
});

const definition = (Name: string, dimensions: readonly string[]) => ({
  Timestamp: now.getTime(),
  CloudWatchMetrics: [{ Namespace: "Darkroom", Dimensions: [dimensions], Metrics: [{ Name, Unit: "Count" }] }],
});

it("writes a line of CloudWatch's embedded form a group, and one of what is nobody's", () => {
  const write = createGpuMetrics("prod");
  const minutes = {
    groups: new Map([
      ["one", 55],
      ["two", 0],
    ]),
    unassigned: 40,
  };
  const lines = linesOf(() => write(minutes)).map((line) => JSON.parse(line));
  const expected = [
    {
      _aws: definition("GpuMinutes", ["environment", "group"]),
      environment: "prod",
      group: "one",
      GpuMinutes: 55,
    },
    { _aws: definition("GpuMinutes", ["environment", "group"]), environment: "prod", group: "two", GpuMinutes: 0 },
    { _aws: definition("UnassignedGpuMinutes", ["environment"]), environment: "prod", UnassignedGpuMinutes: 40 },
  ];
  expect(lines).toEqual(expected);
  expect(linesOf(() => write(minutes)).map((line) => JSON.parse(line))).toEqual(expected);
});
