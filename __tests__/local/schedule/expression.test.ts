import { nextRun, type Timing } from "../../../local/schedule/expression";

const timing = (expression: string, changes: Partial<Timing> = {}): Timing => ({
  expression,
  timeZone: "Europe/Berlin",
  created: new Date("2026-01-01T00:00:00Z"),
  startsAt: undefined,
  endsAt: undefined,
  ...changes,
});

const next = (expression: string, after: string, changes: Partial<Timing> = {}) =>
  nextRun(timing(expression, changes), new Date(after))?.toISOString();

it("runs a cron at its wall-clock time in its zone, summer and winter", () => {
  expect(next("cron(30 2 * * ? *)", "2026-01-10T12:00:00Z")).toBe("2026-01-11T01:30:00.000Z");
  expect(next("cron(30 2 * * ? *)", "2026-07-10T12:00:00Z")).toBe("2026-07-11T00:30:00.000Z");
  expect(next("cron(30 2 * * ? *)", "2026-07-10T12:00:00Z", { timeZone: "Asia/Tokyo" })).toBe(
    "2026-07-10T17:30:00.000Z",
  );
});

it("counts a rate from its start, else from its creation", () => {
  expect(next("rate(7 days)", "2026-01-02T00:00:00Z")).toBe("2026-01-08T00:00:00.000Z");
  expect(next("rate(1 hour)", "2026-01-01T01:00:00Z")).toBe("2026-01-01T02:00:00.000Z");
  const startsAt = new Date("2026-02-01T10:00:00Z");
  expect(next("rate(5 minutes)", "2026-01-01T01:00:00Z", { startsAt })).toBe("2026-02-01T10:00:00.000Z");
  expect(next("rate(5 minutes)", "2026-02-01T10:00:00Z", { startsAt })).toBe("2026-02-01T10:05:00.000Z");
});

it("runs an at once, to the second, in its zone", () => {
  expect(next("at(2026-07-01T10:00:30)", "2026-06-01T00:00:00Z")).toBe("2026-07-01T08:00:30.000Z");
  expect(next("at(2026-07-01T10:00:30)", "2026-07-01T08:00:29Z")).toBe("2026-07-01T08:00:30.000Z");
  expect(next("at(2026-07-01T10:00:30)", "2026-07-01T08:00:30Z")).toBeUndefined();
});

it("runs neither before its start nor after its end", () => {
  const changes = { startsAt: new Date("2026-03-01T01:30:00Z"), endsAt: new Date("2026-03-02T00:00:00Z") };
  expect(next("cron(30 2 * * ? *)", "2026-01-10T12:00:00Z", changes)).toBe("2026-03-01T01:30:00.000Z");
  expect(next("cron(30 2 * * ? *)", "2026-03-01T01:30:00Z", changes)).toBeUndefined();
});

it("refuses what is no schedule expression", () => {
  expect(() => next("every day", "2026-01-01T00:00:00Z")).toThrow(
    "expected cron(…), rate(…) or at(…), but got every day",
  );
});
