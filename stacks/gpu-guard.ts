import { AssetType, TerraformAsset } from "cdktf";
import type { Construct } from "constructs";
import type { Environment } from "../environments/schema";
import { readGpuMeter } from "../functions/bundle/read-gpu-meter";
import { Alarms, type Watch } from "../modules/alarms";
import { GpuMeter } from "../modules/gpu-meter";
import { groupRoleName } from "../modules/group-rights";
import { resourceName } from "../modules/names";
import { functionArchitecture } from "./function-code";

interface Guarded {
  /** Studio's domain. */
  readonly domainId: string;
  readonly kmsKeyArn: string;
}

type Group = Environment["analytics"]["groups"][number];

const halfAnHour = 30 * 60;
const day = 24 * 60 * 60;

/**
 * Measures how long groups' GPUs run, and tells the people of `alerts` where that is longer than a group's `dailyGpuHours`. Without such a
 * group there is nothing of it.
 */
export function guardGpus(scope: Construct, environment: Environment, { domainId, kmsKeyArn }: Guarded): void {
  const { account, alerts, analytics, name, region, retention } = environment;
  const guarded = analytics.groups.filter(({ dailyGpuHours }) => dailyGpuHours !== undefined);
  if (guarded.length === 0) return;
  const { zipPath: path, sha256 } = readGpuMeter();
  const asset = new TerraformAsset(scope, "gpu-meter-code", { path, type: AssetType.FILE });
  const functionName = resourceName(environment, "gpu-meter");
  new GpuMeter(scope, "gpu-meter", {
    functionName,
    code: { zipPath: asset.path, sha256, architecture: functionArchitecture(environment) },
    environment: name,
    account,
    region,
    domainId,
    // Also those without a limit, or what they run would be nobody's.
    groups: analytics.groups.map((group) => group.name),
    rolePrefix: groupRoleName(environment, ""),
    kmsKeyArn,
    logRetentionDays: retention.logDays,
  });
  new Alarms(scope, "gpu-alarms", {
    name: resourceName(environment, "gpu"),
    account,
    kmsKeyArn,
    emails: alerts.emails,
    watches: [...guarded.map((group) => hoursOf(name, group, functionName)), meterFailed(functionName)],
  });
}

const hoursOf = (environment: string, { name, dailyGpuHours = 0 }: Group, functionName: string): Watch => ({
  id: `hours-${name}`,
  namespace: "Darkroom",
  metric: "GpuMinutes",
  dimensions: { environment, group: name },
  statistic: "Sum",
  periodSeconds: day,
  threshold: dailyGpuHours * 60,
  description: `GPUs of ${name} ran longer than ${dailyGpuHours} hours within 24 hours (dailyGpuHours; the metric is in minutes). Nothing was stopped: the log of ${functionName} says what runs.`,
});

/** Lambda calls a function that fails twice more, so that the third error in a row is a sample that was missed. */
const meterFailed = (functionName: string): Watch => ({
  id: "meter-failed",
  namespace: "AWS/Lambda",
  metric: "Errors",
  dimensions: { FunctionName: functionName },
  statistic: "Sum",
  periodSeconds: halfAnHour,
  threshold: 2,
  whenMissing: "alarm",
  description: `The meter of GPU hours failed, or did not run for half an hour: GPUs are not counted meanwhile. The log of ${functionName} says why.`,
});
