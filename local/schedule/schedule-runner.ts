import { randomUUID } from "node:crypto";
import { LambdaClient } from "@aws-sdk/client-lambda";
import {
  GetScheduleCommand,
  type GetScheduleCommandOutput,
  paginateListSchedules,
  SchedulerClient,
} from "@aws-sdk/client-scheduler";
import { SFNClient } from "@aws-sdk/client-sfn";
import type { EmulatedAccount } from "../aws-environment";
import { watch } from "../watch";
import { nextRun, type Timing } from "./expression";
import { startTarget } from "./target";

export interface ScheduleRunnerProps extends EmulatedAccount {
  /** @default - nothing is said */
  readonly log?: (message: string) => void;
  /** @default - the clock */
  readonly now?: () => Date;
  /** Milliseconds between looks at the deployed schedules. @default 1000 */
  readonly watchMilliseconds?: number;
}

/** A deployed, enabled schedule and when it runs next. */
export interface NextRun {
  readonly name: string;
  readonly group: string;
  readonly expression: string;
  readonly timeZone: string;
  /** `undefined` when it never runs again. */
  readonly next: Date | undefined;
}

export interface ScheduleRunner {
  stop(): Promise<void>;
  /** Starts the schedule's target at once, as its time would, and returns the ARN of what runs. */
  runNow(name: string, group: string): Promise<string>;
  /** Every enabled schedule, the next to run first. */
  next(): Promise<readonly NextRun[]>;
}

type Schedule = GetScheduleCommandOutput;

const timingOf = (schedule: Schedule): Timing => ({
  expression: schedule.ScheduleExpression ?? "",
  timeZone: schedule.ScheduleExpressionTimezone ?? "UTC",
  created: schedule.CreationDate ?? new Date(0),
  startsAt: schedule.StartDate,
  endsAt: schedule.EndDate,
});

/** Runs the account's deployed schedules at their times, in their own time zones. */
export const startScheduleRunner = async (props: ScheduleRunnerProps): Promise<ScheduleRunner> => {
  const { endpoint, account, region, log = () => undefined, now = () => new Date(), watchMilliseconds = 1000 } = props;
  const aws = { endpoint, region, credentials: { accessKeyId: account, secretAccessKey: "local" } };
  const scheduler = new SchedulerClient(aws);
  const targets = { sfn: new SFNClient(aws), lambda: new LambdaClient(aws) };

  const read = (name: string, group: string): Promise<Schedule> =>
    scheduler.send(new GetScheduleCommand({ Name: name, GroupName: group }));
  const enabled = async (): Promise<readonly Schedule[]> => {
    const schedules: Schedule[] = [];
    for await (const { Schedules = [] } of paginateListSchedules({ client: scheduler }, { State: "ENABLED" })) {
      for (const { Name = "", GroupName = "" } of Schedules) schedules.push(await read(Name, GroupName));
    }
    return schedules;
  };
  const run = async (schedule: Schedule, scheduledTime: Date): Promise<string> => {
    const context = { scheduleArn: schedule.Arn ?? "", scheduledTime, executionId: randomUUID() };
    const arn = await startTarget(schedule.Target ?? { Arn: "", RoleArn: "" }, context, targets);
    log(`schedule ${schedule.Name}: started ${arn}`);
    return arn;
  };

  // Each look starts what became due since the last one, so that a schedule changed meanwhile counts as it now is.
  let seen = now();
  const look = async (): Promise<void> => {
    const until = now();
    const schedules = await enabled();
    const since = seen;
    seen = until;
    for (const schedule of schedules) {
      const due = nextRun(timingOf(schedule), since);
      if (due && due <= until) {
        await run(schedule, due).catch((error: unknown) => log(`schedule ${schedule.Name}: ${error}`));
      }
    }
  };
  const watching = watch(look, watchMilliseconds, (error) => log(`cannot read the schedules: ${error}`));

  return {
    async stop() {
      await watching.stop();
      for (const client of [scheduler, targets.sfn, targets.lambda]) client.destroy();
    },
    async runNow(name, group) {
      return run(await read(name, group), now());
    },
    async next() {
      const runs = (await enabled()).map((schedule): NextRun => {
        const timing = timingOf(schedule);
        const { Name: name = "", GroupName: group = "" } = schedule;
        return { name, group, expression: timing.expression, timeZone: timing.timeZone, next: nextRun(timing, now()) };
      });
      const time = ({ next }: NextRun): number => next?.getTime() ?? Number.POSITIVE_INFINITY;
      return runs.sort((a, b) => time(a) - time(b));
    },
  };
};
