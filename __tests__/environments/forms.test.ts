import { edited, faultsOf } from "./edited";

const byDays = "  days: [monday, tuesday]\n" + '  time: "04:05"\n';
const emailsLine = "  emails: [team@example.com]\n";
const folder = "  code:\n    folder: functions/processing\n";
const forms = "expected either days and time, or cron";

it("takes a schedule by cron", () => {
  expect(edited([[byDays, "  cron: 0 3 1 * ? *\n"]]).schedule).toEqual({
    enabled: true,
    cron: "0 3 1 * ? *",
    timeZone: "Europe/Berlin",
  });
});

it("says that a schedule is by days or by cron when it is by both", () => {
  expect(faultsOf([[byDays, `${byDays}  cron: 0 3 1 * ? *\n`]])).toEqual([
    `10:3 schedule.cron: ${forms}, but got days, time, cron. Keep one of the two, remove the other.`,
  ]);
});

it("says that a schedule is by days or by cron when it is by neither", () => {
  expect(faultsOf([[byDays, ""]])).toEqual([`6:1 schedule: ${forms}, but got neither. Add days and time, or cron.`]);
});

it("explains a schedule by days when days are there, one by cron when cron is there", () => {
  expect(faultsOf([['  time: "04:05"\n', ""]])).toEqual([
    '6:1 schedule.time: expected a time of day from "00:00" to "23:59", in quotes, but it is missing. Add "time:" under schedule.',
  ]);
  expect(faultsOf([[byDays, "  cron: hourly\n"]])).toEqual([
    '8:9 schedule.cron: expected six fields: minutes hours day-of-month month day-of-week year, but got "hourly" (text). See docs/settings.md.',
  ]);
});

it("knows the misspelt key of a form", () => {
  expect(faultsOf([[byDays, "  crn: 0 3 1 * ? *\n"]])).toEqual([
    '8:3 schedule.crn: expected one of the keys enabled, cron, timeZone, but got "crn" (unknown key). Did you mean cron?',
  ]);
});

it("explains a schedule that is no map", () => {
  const text = `schedule:\n  enabled: true\n${byDays}  timeZone: Europe/Berlin\n`;
  expect(faultsOf([[text, "schedule: daily\n"]])).toEqual([
    `6:11 schedule: ${forms}, but got "daily" (text). Write days and time, or cron on the lines below it, indented.`,
  ]);
});

it.each([
  ["  code: {}\n", "37:3 processing.code: expected either folder or image, but got neither. Add folder or image."],
  [
    "  code: { folder: functions/Procesing }\n",
    '37:19 processing.code.folder: expected a folder of image code below functions/, for example functions/processing, but got "functions/Procesing" (text). See docs/settings.md.',
  ],
  [
    "  code: { image: latest }\n",
    '37:18 processing.code.image: expected an ECR image pinned by digest, for example 111122223333.dkr.ecr.eu-central-1.amazonaws.com/processing@sha256:…, but got "latest" (text). See docs/settings.md.',
  ],
])("explains %s", (code, message) => {
  expect(faultsOf([[folder, code]])).toEqual([message]);
});

it("explains a mode that is missing or misspelt by itself", () => {
  expect(faultsOf([["  mode: provisioned\n", ""]])).toEqual([
    '21:1 streaming.mode: expected provisioned or serverless, but it is missing. Add "mode:" under streaming.',
  ]);
  expect(faultsOf([["mode: provisioned", "mode: serverles"]])).toEqual([
    '22:9 streaming.mode: expected provisioned or serverless, but got "serverles" (text). Did you mean serverless?',
  ]);
});

it("says which settings do not go with the mode", () => {
  expect(faultsOf([["mode: provisioned", "mode: serverless"]])[0]).toBe(
    '23:3 streaming.kafkaVersion: expected one of the keys mode, topic, partitions, inlineMaxBytes, consumer, but got "kafkaVersion" (not a key with mode: serverless). Remove it, or change the mode.',
  );
});

it("tells at most ten people, since a budget tells no more", () => {
  const emails = Array.from({ length: 11 }, (_, index) => `someone-${index}@example.com`).join(", ");
  expect(faultsOf([[emailsLine, `  emails: [${emails}]\n`]])).toEqual([
    expect.stringMatching(/^\d+:\d+ alerts\.emails: expected at most 10 e-mail addresses, but got /),
  ]);
});
