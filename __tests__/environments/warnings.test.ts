import { environmentWarnings } from "../../environments/warnings";
import { edited, today } from "./edited";

type Edits = Parameters<typeof edited>[0];
const warnings = (edits: Edits, name = "test") => environmentWarnings(edited(edits, name), today);
const at = (time: string, zone = "Europe/Berlin"): Edits => [
  ['"04:05"', `"${time}"`],
  ["[monday, tuesday]", "[monday, tuesday, wednesday, thursday, friday, saturday, sunday]"],
  ["Europe/Berlin", zone],
];

it("has nothing to say of sound settings", () => {
  expect(warnings([])).toEqual([]);
});

it("names the dates of the next two years on which the clocks skip the batch, and says once that a repeated time runs once", () => {
  expect(warnings(at("02:30"))).toEqual([
    "schedule.time: 02:30 does not exist on 2026-03-29 and 2027-03-28, when the clocks in Europe/Berlin go from 02:00 to 03:00: the batch is skipped. Choose a time before 02:00 or from 03:00 on.",
    "schedule.time: the clocks in Europe/Berlin show 02:30 twice on 2026-10-25 and 2027-10-31: the batch runs once, at the first.",
  ]);
});

it("knows zones that change at other times, by half an hour", () => {
  expect(warnings(at("02:15", "Australia/Lord_Howe"))).toEqual([
    "schedule.time: 02:15 does not exist on 2026-10-04 and 2027-10-03, when the clocks in Australia/Lord_Howe go from 02:00 to 02:30: the batch is skipped. Choose a time before 02:00 or from 02:30 on.",
  ]);
  expect(warnings(at("01:45", "Australia/Lord_Howe"))).toEqual([
    "schedule.time: the clocks in Australia/Lord_Howe show 01:45 twice on 2026-04-05 and 2027-04-04: the batch runs once, at the first.",
  ]);
});

it.each([
  ["03:00", "Europe/Berlin"],
  ["01:59", "Europe/Berlin"],
  ["02:30", "Asia/Kolkata"],
  ["02:30", "UTC"],
])("has nothing to say of %s in %s", (time, zone) => {
  expect(warnings(at(time, zone))).toEqual([]);
});

it("leaves out days on which the batch does not run, and a batch that is switched off", () => {
  expect(warnings([['"04:05"', '"02:30"']])).toEqual([]);
  expect(warnings([...at("02:30"), ["enabled: true", "enabled: false"]])).toEqual([]);
});

it("warns of a cron expression as well", () => {
  const cron: Edits = [["  days: [monday, tuesday]\n" + '  time: "04:05"\n', "  cron: 0/20 * ? * SUN *\n"]];
  expect(warnings(cron)[0]).toBe(
    "schedule.cron: 02:00 does not exist on 2026-03-29 and 2027-03-28, when the clocks in Europe/Berlin go from 02:00 to 03:00: the batch is skipped. Choose a time before 02:00 or from 03:00 on.",
  );
});

it("warns of brokers of which MSK makes no new clusters", () => {
  expect(warnings([["kafka.m7g.large", "kafka.t3.small"]])).toEqual([
    "streaming.brokerType: MSK makes no new clusters of kafka.t3.small brokers any more. Write kafka.m7g.large, the smallest there is.",
  ]);
});

const none: Edits = [["nat: one", "nat: none"]];
const webApps =
  "network.nat: with none, web apps let nobody in: they cannot reach the keys of those the load balancer signed in (public-keys.auth.elb.eu-central-1.amazonaws.com), nor ask Amazon MSK for its brokers. Set network.nat.";

it("lists what notebooks cannot reach without a NAT gateway", () => {
  const told = (list: string) =>
    `network.nat: with none, notebooks cannot reach ${list}. Set network.nat, or add endpoints to network.interfaceEndpoints.`;
  const [internet, api] = ["the internet (pip, conda, GitHub)", "SageMaker's API (Studio does not start without)"];
  const runtime = "SageMaker's runtime (Studio does not start without)";
  const rest = "Studio's own service, STS (roles), CloudWatch Logs (following a job), Athena (queries)";
  expect(warnings([...none, ["[sts]", "[]"]])).toEqual([told(`${internet}, ${api}, ${runtime}, ${rest}`), webApps]);
  expect(warnings([...none, ["[sts]", "[sts, logs, athena, sagemaker.api, sagemaker.studio]"]])).toEqual([
    told(`${internet}, ${runtime}`),
    webApps,
  ]);
});

it("says nothing of notebooks where no group has any, nor of anything in local", () => {
  const noGroups = edited(none);
  expect(environmentWarnings({ ...noGroups, analytics: { ...noGroups.analytics, groups: [] } }, today)).toEqual([
    webApps,
  ]);
  expect(warnings(none, "local")).toEqual([]);
});

it("warns of more pollers than partitions", () => {
  expect(warnings([["maxPollers: 2", "maxPollers: 5"]])).toEqual([
    "streaming.consumer.maxPollers: 5 pollers cannot all read 4 partitions. Write 4 or less, or raise streaming.partitions.",
  ]);
  expect(warnings([["maxPollers: 2", "maxPollers: 4"]])).toEqual([]);
});

it("warns of reservations an account's usual quota refuses", () => {
  expect(warnings([["streamConcurrency: 4", "streamConcurrency: 895"]])).toEqual([
    "processing.batchConcurrency: with processing.streamConcurrency and 2 of Darkroom's own it reserves 901 functions, and an account has 900 to reserve unless its quota was raised. Write less, or have the quota raised first.",
  ]);
  expect(warnings([["streamConcurrency: 4", "streamConcurrency: 894"]])).toEqual([]);
});

it("counts a container image, which every image at once calls", () => {
  const image = `444444444444.dkr.ecr.eu-central-1.amazonaws.com/processing@sha256:${"a".repeat(64)}`;
  const folder = "folder: functions/processing";
  expect(
    warnings([
      [folder, `image: ${image}`],
      ["streamConcurrency: 4", "streamConcurrency: 300"],
    ]),
  ).toEqual([
    "processing.batchConcurrency: with processing.streamConcurrency and the container image, which each image calls (1216 functions), and 2 of Darkroom's own it reserves 1522 functions, and an account has 900 to reserve unless its quota was raised. Write less, or have the quota raised first.",
  ]);
});

it("warns of groups that may together spend more than the environment", () => {
  expect(warnings([["monthlyBudgetUsd: 50", "monthlyBudgetUsd: 101"]])).toEqual([
    "analytics.monthlyBudgetUsd: the groups' budgets come to 101 US dollars, more than the environment's 100.",
  ]);
});

const unwatched: Edits = [["      dailyGpuHours: 8\n", ""]];

it("warns of groups whose GPUs run with nobody told, but not in local, nor where a group has none", () => {
  expect(warnings(unwatched)).toEqual([
    "analytics.groups: image-analysts may start ml.g5.xlarge, and nobody is told how long they run. Set dailyGpuHours.",
  ]);
  expect(warnings(unwatched, "local")).toEqual([]);
  expect(warnings([...unwatched, ["ml.t3.medium, ml.g5.xlarge", "ml.t3.medium, ml.m5.xlarge"]])).toEqual([]);
});
