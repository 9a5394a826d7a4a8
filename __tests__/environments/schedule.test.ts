import fc from "fast-check";
import { nextRuns, scheduleExpression } from "../../environments/schedule";

const zones = [
  "Europe/Berlin",
  "America/New_York",
  "Australia/Lord_Howe",
  "America/St_Johns",
  "Asia/Kolkata",
  "Pacific/Apia",
];
const runs = (expression: string, zone: string, from: string, count: number) =>
  nextRuns(expression, zone, new Date(from), count).map((run) => run.toISOString().slice(0, 16));

it("writes days and time as a cron expression, in the order of the week", () => {
  const schedule = { enabled: true, time: "02:30", timeZone: "Europe/Berlin" };
  expect(scheduleExpression({ ...schedule, days: ["tuesday", "monday"] })).toBe("cron(30 2 ? * MON,TUE *)");
  expect(scheduleExpression({ ...schedule, days: ["sunday"], time: "00:05" })).toBe("cron(5 0 ? * SUN *)");
});

it("writes every day of the week as every day", () => {
  const days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
  expect(scheduleExpression({ enabled: true, days: [...days], time: "02:30", timeZone: "UTC" })).toBe(
    "cron(30 2 * * ? *)",
  );
});

it("passes cron fields on as they are", () => {
  expect(scheduleExpression({ enabled: true, cron: "0 3 L * ? *", timeZone: "UTC" })).toBe("cron(0 3 L * ? *)");
});

it("skips a day on which the clocks skip the time", () => {
  expect(runs("cron(30 2 * * ? *)", "Europe/Berlin", "2026-03-27T12:00:00Z", 3)).toEqual([
    "2026-03-28T01:30",
    "2026-03-30T00:30",
    "2026-03-31T00:30",
  ]);
});

it("runs once, at the first, when the clocks show the time twice", () => {
  expect(runs("cron(30 2 * * ? *)", "Europe/Berlin", "2026-10-24T12:00:00Z", 2)).toEqual([
    "2026-10-25T00:30",
    "2026-10-26T01:30",
  ]);
  expect(runs("cron(30 2 * * ? *)", "Europe/Berlin", "2026-10-25T00:45:00Z", 1)).toEqual(["2026-10-26T01:30"]);
});

it("gives runs after the moment asked from, not at it", () => {
  expect(runs("cron(0 3 * * ? *)", "UTC", "2026-01-01T03:00:00Z", 1)).toEqual(["2026-01-02T03:00"]);
  expect(runs("cron(0 3 * * ? *)", "UTC", "2026-01-01T02:59:59.999Z", 1)).toEqual(["2026-01-01T03:00"]);
});

it("counts Sunday as the first day, as EventBridge does", () => {
  expect(runs("cron(0 3 ? * 1 *)", "UTC", "2026-01-01T00:00:00Z", 1)).toEqual(["2026-01-04T03:00"]);
  expect(runs("cron(0 3 ? * L *)", "UTC", "2026-01-01T00:00:00Z", 1)).toEqual(["2026-01-03T03:00"]);
  expect(runs("cron(0 3 ? * 6L *)", "UTC", "2026-01-01T00:00:00Z", 1)).toEqual(["2026-01-30T03:00"]);
  expect(runs("cron(0 3 ? * 3#2 *)", "UTC", "2026-01-01T00:00:00Z", 1)).toEqual(["2026-01-13T03:00"]);
});

it("knows the last day and the nearest weekday of a month", () => {
  expect(runs("cron(0 3 L 2 ? *)", "UTC", "2026-01-01T00:00:00Z", 3)).toEqual([
    "2026-02-28T03:00",
    "2027-02-28T03:00",
    "2028-02-29T03:00",
  ]);
  expect(runs("cron(0 3 15W 2 ? 2026)", "UTC", "2026-01-01T00:00:00Z", 3)).toEqual(["2026-02-16T03:00"]);
});

it("gives fewer runs, or none, when the schedule ends", () => {
  expect(runs("cron(0 3 30,31 12 ? 2026)", "UTC", "2026-01-01T00:00:00Z", 9)).toHaveLength(2);
  expect(runs("cron(30 2 ? 3 1L *)", "Europe/Berlin", "2026-01-01T00:00:00Z", 1)).toEqual([]);
});

it.each([
  ["rate(1 day)", "rate(1 day): expected cron(…) with six fields"],
  ["cron(0 3 * *)", "cron(0 3 * *): six fields are wanted, there are 4"],
  ["cron(0 3 * * MON *)", "cron(0 3 * * MON *): exactly one of day of month and day of week is ?"],
])("refuses %s", (expression, message) => {
  expect(() => nextRuns(expression, "UTC", new Date(), 1)).toThrow(new RangeError(message));
});

it("refuses a time zone that does not exist", () => {
  const load = () => nextRuns("cron(0 3 * * ? *)", "Europe/Nowhere", new Date(), 1);
  expect(load).toThrow(new RangeError("Europe/Nowhere: expected an IANA time zone"));
});

/** What clocks show at every minute of two days around `middle`; a wall-clock time counts once, at the first. */
function firstMinutes(
  zone: string,
  middle: number,
): { readonly time: number; readonly minute: number; readonly hour: number }[] {
  const clock = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    dateStyle: "short",
    timeStyle: "short",
    hourCycle: "h23",
  });
  const seen = new Set<string>();
  return Array.from({ length: 2 * 24 * 60 }, (_, index) => middle + (index - 24 * 60) * 60_000).flatMap((time) => {
    const shown = clock.format(time);
    if (seen.has(shown)) return [];
    seen.add(shown);
    return [{ time, hour: Number(shown.slice(-5, -3)), minute: Number(shown.slice(-2)) }];
  });
}

const changes = [
  "2026-03-29T01:00Z",
  "2026-10-25T01:00Z",
  "2026-03-08T07:00Z",
  "2026-11-01T06:00Z",
  "2026-04-04T15:00Z",
  "2026-10-03T15:30Z",
];
const windows = zones.flatMap((zone) =>
  changes.map((change) => ({ zone, minutes: firstMinutes(zone, Date.parse(change)) })),
);
const list = (maximum: number) => fc.uniqueArray(fc.integer({ min: 0, max: maximum }), { minLength: 1, maxLength: 4 });

it("agrees with a look at every minute, over the clock changes of several zones", () => {
  fc.assert(
    fc.property(fc.constantFrom(...windows), list(59), list(23), ({ zone, minutes }, minute, hour) => {
      const from = new Date((minutes[0]?.time ?? 0) - 1);
      const expected = minutes
        .filter((at) => minute.includes(at.minute) && hour.includes(at.hour))
        .map(({ time }) => time);
      const found = nextRuns(`cron(${minute} ${hour} * * ? *)`, zone, from, expected.length);
      expect(found.map(Number)).toEqual(expected);
    }),
    { numRuns: 100 },
  );
});
