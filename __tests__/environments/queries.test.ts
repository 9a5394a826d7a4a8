import { edited, faultsOf } from "./edited";

const withDay = (day: string) => [["firstDay: 2026-01-01", `firstDay: ${day}`]] as const;

it("takes days of the calendar, 29 February in leap years, too", () => {
  expect(edited([...withDay("2024-02-29")]).analytics.queries.firstDay).toBe("2024-02-29");
});

it.each([
  ["2026-13-01", "See docs/settings.md."],
  ["2026-1-1", "See docs/settings.md."],
  ["yesterday", "See docs/settings.md."],
  ["2026-02-29", "Write a day that the calendar has."],
  ["2026-04-31", "Write a day that the calendar has."],
])("takes %s for no day", (day, advice) => {
  expect(faultsOf([...withDay(day)])).toEqual([
    `78:24 analytics.queries.firstDay: expected a day, for example 2026-01-31, but got "${day}" (text). ${advice}`,
  ]);
});

it("wants a limit of whole gigabytes", () => {
  expect(faultsOf([["maxScanGigabytes: 10", "maxScanGigabytes: 0.5"]])).toEqual([
    "78:54 analytics.queries.maxScanGigabytes: expected a whole number of gigabytes from 1 to 100000, but got 0.5 (number). Write 1 or more.",
  ]);
});

it.each([
  [0, "Write 1 or more."],
  [3651, "Write 3650 or less."],
])("refuses to keep what jobs made for %s days", (days, advice) => {
  expect(faultsOf([["resultDays: 7 }", `resultDays: 7 }\n  modelDays: ${days}`]])).toEqual([
    `79:14 analytics.modelDays: expected a whole number of days from 1 to 3650, but got ${days} (number). ${advice}`,
  ]);
});
