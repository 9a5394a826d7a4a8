import { GetScheduleCommand, ResourceNotFoundException, SchedulerClient } from "@aws-sdk/client-scheduler";
import { nextRuns } from "../../../environments/schedule";
import type { Environment } from "../../../environments/schema";
import { resourceName } from "../../../modules/names";
import type { ClientSettings } from "../client-settings";
import type { DeployedSchedule } from "../page/page-data";

const runsShown = 3;

/** The batch's schedule as it is deployed at this moment, with its next three runs; undefined when there is none. */
export async function deployedSchedule(
  settings: ClientSettings,
  environment: Environment,
  now: Date,
): Promise<DeployedSchedule | undefined> {
  const client = new SchedulerClient(settings);
  const [Name, GroupName] = [resourceName(environment, "batch"), resourceName(environment, "schedules")];
  try {
    const answer = await client.send(new GetScheduleCommand({ Name, GroupName }));
    const expression = answer.ScheduleExpression ?? "";
    const timeZone = answer.ScheduleExpressionTimezone ?? "UTC";
    const enabled = answer.State === "ENABLED";
    const next = enabled ? nextRuns(expression, timeZone, now, runsShown) : [];
    return { name: Name, expression, timeZone, enabled, next };
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  } finally {
    client.destroy();
  }
}
