import { faultsOf } from "../edited";

const withCron = (cron: string) =>
  faultsOf([["  days: [monday, tuesday]\n" + '  time: "04:05"\n', `  cron: ${cron}\n`]]);
const never = (came: string) =>
  `8:9 schedule.cron: expected a cron expression that fires within 5 years, but ${came}. Check that the month has the day, the year is not over, and the clocks do not skip the time.`;
const refused = (came: string) =>
  `8:9 schedule.cron: expected a cron expression that EventBridge Scheduler accepts, but ${came}. Correct this field.`;

it.each(["0 3 ? * MON-FRI *", "0 3 L * ? *", "0/15 3 1,15 * ? *", "0 3 ? * 6L *", "0 3 29 2 ? *", "0 3 1 1 ? 2031"])(
  "takes %s",
  (cron) => {
    expect(withCron(cron)).toEqual([]);
  },
);

it.each([
  ["a day no such month has", "0 3 30 FEB ? *", '"0 3 30 FEB ? *" never fires in Europe/Berlin'],
  ["a year that is over", "0 3 * * ? 2025", '"0 3 * * ? 2025" never fires in Europe/Berlin'],
  ["a year far ahead", "0 3 1 1 ? 2040", '"0 3 1 1 ? 2040" first fires on 2040-01-01 in Europe/Berlin'],
  ["only times that the clocks skip", "30 2 ? 3 1L *", '"30 2 ? 3 1L *" never fires in Europe/Berlin'],
])("refuses %s", (_, cron, came) => {
  expect(withCron(cron)).toEqual([never(came)]);
});

it.each([
  ["0 3 * * * *", 'exactly one of day of month and day of week is ?, in "0 3 * * * *"'],
  ["0 3 ? * ? *", 'exactly one of day of month and day of week is ?, in "0 3 ? * ? *"'],
  ["60 3 * * ? *", 'minutes cannot be 60 (0 to 59), in "60 3 * * ? *"'],
  ["0 3 ? * 0 *", 'day of week cannot be 0 (1 to 7 or SUN to SAT), in "0 3 ? * 0 *"'],
])("refuses %s, which EventBridge Scheduler does", (cron, came) => {
  expect(withCron(cron)).toEqual([refused(came)]);
});

it("reports every field that is wrong", () => {
  expect(withCron("0 24 0 * ? *")).toEqual([
    refused('hours cannot be 24 (0 to 23), in "0 24 0 * ? *"'),
    refused('day of month cannot be 0 (1 to 31), in "0 24 0 * ? *"'),
  ]);
});
