import fc from "fast-check";
import { nextRuns } from "../../../../environments/schedule";
import { cronFaults } from "../../../../functions/common/cron/fields";

it.each(["L", "LW", "15W", "1-5", "1,15", "*", "1/5", "1-15/2", "*/3"])("takes %s as day of month", (day) => {
  expect(cronFaults(`0 3 ${day} * ? *`)).toEqual([]);
});

it.each(["MON", "mon-fri", "2-6", "L", "6L", "FRIL", "3#2", "FRI#1", "SUN,SAT"])("takes %s as day of week", (day) => {
  expect(cronFaults(`0 3 ? * ${day} *`)).toEqual([]);
});

it.each(["8", "0", "MON/2", "3#6", "3#1,6#3", "FRI-MON", "MOND", "W", "2W", "", "#2", "-"])(
  "refuses %j as day of week",
  (day) => {
    expect(cronFaults(`0 3 ? * ${day || '""'} *`)).toEqual([
      `day of week cannot be ${day || '""'} (1 to 7 or SUN to SAT)`,
    ]);
  },
);

it.each([
  ["5-1 3 * * ? *", "minutes cannot be 5-1 (0 to 59)"],
  ["0/0 3 * * ? *", "minutes cannot be 0/0 (0 to 59)"],
  ["? 3 * * ? *", "minutes cannot be ? (0 to 59)"],
  ["L 3 * * ? *", "minutes cannot be L (0 to 59)"],
  ["0 3 32W * ? *", "day of month cannot be 32W (1 to 31)"],
  ["0 3 1L * ? *", "day of month cannot be 1L (1 to 31)"],
  ["0 3 * MAI ? *", "month cannot be MAI (1 to 12 or JAN to DEC)"],
  ["0 3 * * ? 2200", "year cannot be 2200 (1970 to 2199)"],
  ["0 3 * * ?", "six fields are wanted, there are 5"],
])("says what is wrong with %s", (cron, fault) => {
  expect(cronFaults(cron)).toEqual([fault]);
});

const value = (minimum: number, maximum: number) => fc.integer({ min: minimum, max: maximum });
const part = (minimum: number, maximum: number, step: boolean) =>
  fc.oneof(
    fc.constant("*"),
    value(minimum, maximum).map(String),
    fc
      .tuple(value(minimum, maximum), value(minimum, maximum))
      .map(([one, other]) => `${Math.min(one, other)}-${Math.max(one, other)}`),
    ...(step ? [fc.tuple(value(minimum, maximum), value(1, maximum)).map(([from, by]) => `${from}/${by}`)] : []),
  );
const field = (minimum: number, maximum: number, step = true) =>
  fc.array(part(minimum, maximum, step), { minLength: 1, maxLength: 3 }).map((parts) => parts.join(","));
const days = fc.oneof(
  fc.tuple(fc.oneof(field(1, 31), fc.constantFrom("L", "LW", "1W", "31W")), fc.constant("?")),
  fc.tuple(
    fc.constant("?"),
    fc.oneof(field(1, 7, false), fc.constantFrom("L", "2L", "FRIL", "1#5", "MON#1", "SUN-TUE")),
  ),
);

it("accepts nothing that could then not be computed", () => {
  fc.assert(
    fc.property(field(0, 59), field(0, 23), days, field(1, 12), (minute, hour, [dayOfMonth, dayOfWeek], month) => {
      const cron = `${minute} ${hour} ${dayOfMonth} ${month} ${dayOfWeek} *`;
      expect(cronFaults(cron)).toEqual([]);
      expect(nextRuns(`cron(${cron})`, "UTC", new Date("2026-01-01T00:00:00Z"), 1).length).toBeLessThanOrEqual(1);
    }),
  );
});
