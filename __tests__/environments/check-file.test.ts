import { checkFile } from "../../environments/check-file";
import { faultLines } from "../../environments/faults/settings-error";
import { edited, editedText, faultsOf, today } from "./edited";

const days = "expected a whole number of days from 1 to 3650";

it("gives the settings of a sound file, with the environment's name", () => {
  expect(edited([])).toMatchObject({ name: "test", account: "444444444444", retention: { processedDays: 30 } });
});

it.each([
  ['"30 days"', `12:18 retention.processedDays: ${days}, but got "30 days" (text). Write the number alone: 30.`],
  ['"30"', `12:18 retention.processedDays: ${days}, but got "30" (text). Write it without quotes: 30.`],
  [
    "soon",
    `12:18 retention.processedDays: ${days}, but got "soon" (text). Write a number from 1 to 3650, without quotes.`,
  ],
  ["0", `12:18 retention.processedDays: ${days}, but got 0 (number). Write 1 or more.`],
  ["-1", `12:18 retention.processedDays: ${days}, but got -1 (number). Write 1 or more.`],
  ["1.5", `12:18 retention.processedDays: ${days}, but got 1.5 (number). Write 1 or 2.`],
  ["0.5", `12:18 retention.processedDays: ${days}, but got 0.5 (number). Write 1 or more.`],
  ["3651", `12:18 retention.processedDays: ${days}, but got 3651 (number). Write 3650 or less.`],
  [".inf", `12:18 retention.processedDays: ${days}, but got .inf (number). Write 3650 or less.`],
  ["true", `12:18 retention.processedDays: ${days}, but got true (true or false). Write a number from 1 to 3650.`],
  ["[30]", `12:18 retention.processedDays: ${days}, but got a list of 1. Write a number from 1 to 3650.`],
  ["", `12:3 retention.processedDays: ${days}, but got nothing (an empty value). Write a value after the colon.`],
])("explains a retention of %s days", (value, message) => {
  expect(faultsOf([["processedDays: 30", `processedDays: ${value}`]])).toEqual([message]);
});

it("says which ages logs can have, and the ones next to what came", () => {
  const ages = "1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1827, 3653";
  expect(faultsOf([["logDays: 30", "logDays: 31"]])).toEqual([
    `15:12 retention.logDays: expected one of ${ages} (days CloudWatch Logs offers), but got 31 (number). Write 30 or 60.`,
  ]);
});

it("shows a number as it is written in the file", () => {
  expect(faultsOf([['"444444444444"', "000000000000"]])).toEqual([
    "1:10 account: expected the 12 digits of an AWS account, in quotes, but got 000000000000 (number). Put it in quotes.",
  ]);
});

it("takes a misspelt key for one fault, at the key, and says what was meant", () => {
  expect(faultsOf([["processedDays", "procesed_days"]])).toEqual([
    '12:3 retention.procesed_days: expected one of the keys processedDays, originalsDays, quarantineDays, logDays, but got "procesed_days" (unknown key). Did you mean processedDays?',
  ]);
});

it("says where a key belongs that stands in the wrong section", () => {
  expect(faultsOf([["  zones: 2", "  zones: 2\n  logDays: 30"]])).toEqual([
    '19:3 network.logDays: expected one of the keys cidr, zones, nat, interfaceEndpoints, but got "logDays" (unknown key). Did you mean retention.logDays? Move it there.',
  ]);
});

it("asks to remove a key that is like no other", () => {
  expect(faultsOf([["  zones: 2", "  zones: 2\n  colour: blue"]])).toEqual([
    '19:3 network.colour: expected one of the keys cidr, zones, nat, interfaceEndpoints, but got "colour" (unknown key). Remove it.',
  ]);
});

it("reports a missing key at its section", () => {
  expect(faultsOf([["  originalsDays: 90\n", ""]])).toEqual([
    `11:1 retention.originalsDays: ${days}, but it is missing. Add "originalsDays:" under retention.`,
  ]);
});

it("reports a missing key of a list's entry at the entry", () => {
  expect(faultsOf([["      sessionHours: 8\n", ""]])).toEqual([
    '82:7 analytics.groups[0].sessionHours: expected a whole number of hours from 1 to 12, but it is missing. Add "sessionHours:" under groups.',
  ]);
});

it("reports a missing section at the beginning, with the keys it is made of", () => {
  expect(faultsOf([["alerts:\n  emails: [team@example.com]\n", ""]])).toEqual([
    '1:1 alerts: expected a map with emails, but it is missing. Add "alerts:".',
  ]);
});

it("explains a section without settings", () => {
  expect(faultsOf([["alerts:\n  emails: [team@example.com]", "alerts:"]])).toEqual([
    "90:1 alerts: expected a map with emails, but got nothing (an empty value). Write its settings on the lines below it, indented.",
  ]);
});

it.each([
  ["yes", 'got "yes" (text). Write true.'],
  ["off", 'got "off" (text). Write false.'],
  ["1", "got 1 (number). Write true or false, without quotes."],
])("explains schedule.enabled: %s", (value, rest) => {
  expect(faultsOf([["enabled: true", `enabled: ${value}`]])).toEqual([
    `7:12 schedule.enabled: expected true or false, but ${rest}`,
  ]);
});

it("reports a wrong entry of a list at the entry, and one that is there twice", () => {
  expect(faultsOf([["[monday, tuesday]", "[mondy, friday, friday]"]])).toEqual([
    '8:10 schedule.days[0]: expected one of monday, tuesday, wednesday, thursday, friday, saturday, sunday, but got "mondy" (text). Did you mean monday?',
  ]);
  expect(faultsOf([["[monday, tuesday]", "[friday, friday]"]])).toEqual([
    '8:18 schedule.days[1]: expected each entry of the list only once, but got "friday" (text). Remove the repetition.',
  ]);
});

it("explains an empty list and a value where a list is wanted", () => {
  expect(faultsOf([["[monday, tuesday]", "[]"]])).toEqual([
    "8:9 schedule.days: expected at least one day of the week, but got an empty list. Add one.",
  ]);
  expect(faultsOf([["[monday, tuesday]", "monday"]])).toEqual([
    '8:9 schedule.days: expected a list of days of the week, but got "monday" (text). Write it as a list: [monday].',
  ]);
});

it.each([
  ["Europe/Berln", "Did you mean Europe/Berlin?"],
  ["europe/berlin", "Did you mean Europe/Berlin?"],
  ["+02:00", "Write a name of the IANA time zone database, as Area/City."],
])("explains the time zone %s", (zone, toDo) => {
  expect(faultsOf([["Europe/Berlin", zone]])).toEqual([
    `10:13 schedule.timeZone: expected an IANA time zone, for example Europe/Berlin, but got "${zone}" (text). ${toDo}`,
  ]);
});

it.each(["UTC", "Asia/Kolkata", "Asia/Calcutta", "America/Argentina/Buenos_Aires"])(
  "takes the time zone %s",
  (zone) => {
    expect(faultsOf([["Europe/Berlin", zone]])).toEqual([]);
  },
);

it("explains a time without its leading zero", () => {
  expect(faultsOf([['"04:05"', '"4:05"']])).toEqual([
    '9:9 schedule.time: expected a time of day from "00:00" to "23:59", in quotes, but got "4:05" (text). Write "04:05".',
  ]);
});

it("explains names and values of tags", () => {
  expect(faultsOf([["costCentre: test", "costCentre: 4711\n  1st: x"]])).toEqual([
    "5:15 tags.costCentre: expected a tag's value, at most 256 characters, but got 4711 (number). Put it in quotes.",
    '6:3 tags.1st: expected a tag\'s name: a letter, then letters, digits or _ . : + = @ / -, at most 64, but got "1st" (key). Rename it.',
  ]);
});

it.each(["cn-north-1", "us-gov-west-1", "frankfurt"])("refuses the region %s", (region) => {
  const [message] = faultsOf([["region: eu-central-1", `region: ${region}`]]);
  expect(message).toBe(
    `2:9 region: expected a region of AWS's standard partition, for example eu-central-1, but got "${region}" (text). See docs/settings.md.`,
  );
});

it("reports schema faults and rules of sound sections together, in the order of the file", () => {
  const places = faultsOf([
    ["processedDays: 30", "processedDays: 0"],
    ["brokerCount: 2", "brokerCount: 3"],
    ["enabled: true", "enabled: maybe"],
  ]).map((line) => line.split(": ")[0]);
  expect(places).toEqual(["7:12 schedule.enabled", "12:18 retention.processedDays", "25:16 streaming.brokerCount"]);
});

it("prints sixty faults and counts the others", () => {
  const groups = Array.from({ length: 70 }, () => "    - name: X").join("\n");
  const faults = checkFile("x.yaml", "test", editedText(["  groups:\n", `  groups:\n${groups}\n`]), today).faults;
  const lines = faultLines(faults);
  expect(lines).toHaveLength(61);
  expect(lines.at(-1)).toBe(`… and ${faults.length - 60} more faults.`);
  expect(faults.length).toBe(70 * 7);
});
