import { setTimeout as sleep } from "node:timers/promises";
import {
  CreateScheduleCommand,
  CreateScheduleGroupCommand,
  GetScheduleCommand,
  ListSchedulesCommand,
  SchedulerClient,
  UpdateScheduleCommand,
} from "@aws-sdk/client-scheduler";
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  ListExecutionsCommand,
  SFNClient,
} from "@aws-sdk/client-sfn";
import { startScheduleRunner } from "../../../local/schedule/schedule-runner";
import { call, startTestAccount, type TestAccount } from "../gateway/test-account";

let account: TestAccount;
let scheduler: SchedulerClient;
let sfn: SFNClient;
let stateMachineArn: string;

const schedule = (expression: string, changes: object = {}) => ({
  Name: "batch",
  GroupName: "schedules",
  ScheduleExpression: expression,
  ScheduleExpressionTimezone: "Europe/Berlin",
  FlexibleTimeWindow: { Mode: "OFF" as const },
  Target: {
    Arn: stateMachineArn,
    RoleArn: "arn:aws:iam::123456789012:role/any",
    Input: '{"time":"<aws.scheduler.scheduled-time>"}',
  },
  ...changes,
});

const inputs = async () => {
  const { executions = [] } = await sfn.send(new ListExecutionsCommand({ stateMachineArn }));
  return Promise.all(
    executions.map(async ({ executionArn }) => (await sfn.send(new DescribeExecutionCommand({ executionArn }))).input),
  );
};

beforeAll(async () => {
  account = await startTestAccount();
  scheduler = new SchedulerClient(account.client);
  sfn = new SFNClient(account.client);
  const definition = JSON.stringify({ StartAt: "Done", States: { Done: { Type: "Pass", End: true } } });
  const roleArn = "arn:aws:iam::123456789012:role/any";
  const made = await sfn.send(new CreateStateMachineCommand({ name: "batch", roleArn, definition }));
  stateMachineArn = made.stateMachineArn ?? "";
  await scheduler.send(new CreateScheduleGroupCommand({ Name: "schedules" }));
  await scheduler.send(new CreateScheduleCommand(schedule("cron(30 2 * * ? *)")));
});

afterAll(async () => {
  scheduler?.destroy();
  sfn?.destroy();
  await account?.stop();
});

it("keeps the schedule disabled in the emulated account while readers see it enabled", async () => {
  const named = { Name: "batch", GroupName: "schedules" };
  expect(await scheduler.send(new GetScheduleCommand(named))).toMatchObject({ State: "ENABLED" });
  expect((await scheduler.send(new ListSchedulesCommand({ State: "ENABLED" }))).Schedules).toHaveLength(1);
  expect((await scheduler.send(new ListSchedulesCommand({ State: "DISABLED" }))).Schedules).toHaveLength(0);
  const direct = { ...account, endpoint: account.ministack.endpoint };
  const upstream = await call(direct, "scheduler", { method: "GET", path: "/schedules/batch?groupName=schedules" });
  expect(JSON.parse(upstream.text)).toMatchObject({ State: "DISABLED" });
});

it("tells the next run in the schedule's zone and runs it then, once", async () => {
  let now = new Date("2026-07-10T00:29:58Z");
  let looks = 0;
  const clock = () => {
    looks++;
    return now;
  };
  // The clock is read when a look begins, so the second reading from now on comes after a whole look.
  const looked = async () => {
    const before = looks;
    while (looks < before + 2) await sleep(10);
  };
  const runner = await startScheduleRunner({ ...account, now: clock, watchMilliseconds: 20 });
  expect(await runner.next()).toEqual([
    {
      name: "batch",
      group: "schedules",
      expression: "cron(30 2 * * ? *)",
      timeZone: "Europe/Berlin",
      next: new Date("2026-07-10T00:30:00Z"),
    },
  ]);
  await looked();
  expect(await inputs()).toEqual([]);
  now = new Date("2026-07-10T00:30:01Z");
  while ((await inputs()).length === 0) await sleep(50);
  await looked();
  expect(await inputs()).toEqual(['{"time":"2026-07-10T00:30:00Z"}']);
  await runner.stop();
});

it("follows a changed schedule, and a disabled one no longer", async () => {
  const now = new Date("2026-07-10T00:30:01Z");
  const runner = await startScheduleRunner({ ...account, now: () => now });
  await scheduler.send(new UpdateScheduleCommand(schedule("cron(15 6 ? * MON *)")));
  expect((await runner.next()).map(({ next }) => next?.toISOString())).toEqual(["2026-07-13T04:15:00.000Z"]);
  await scheduler.send(new UpdateScheduleCommand(schedule("cron(15 6 ? * MON *)", { State: "DISABLED" })));
  expect(await runner.next()).toEqual([]);
  await runner.stop();
});

it("runs a schedule at once when asked", async () => {
  const runner = await startScheduleRunner({ ...account, now: () => new Date("2026-08-01T00:00:00Z") });
  const arn = await runner.runNow("batch", "schedules");
  expect((await sfn.send(new DescribeExecutionCommand({ executionArn: arn }))).input).toBe(
    '{"time":"2026-08-01T00:00:00Z"}',
  );
  await runner.stop();
});
