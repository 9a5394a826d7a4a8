import type { PolicyStatement } from "./policy";

export interface LogRightsProps {
  /** How names of the group's own begin. */
  readonly ownPrefix: string;
  readonly account: string;
  readonly region: string;
  /** Whether the group opens notebooks, and whether it starts jobs, models or endpoints. */
  readonly notebooks: boolean;
  readonly jobs: boolean;
}

/**
 * To write logs, which SageMaker does with the group's role: of spaces and of what runs at their start, which nobody reads by it, and of jobs
 * and endpoints, of which the group reads its own. Names of streams can be listed under a log group or not at all, and jobs list them (SageMaker
 * AI Developer Guide, "Debug lifecycle configurations"; "CreateTrainingJob API: execution role permissions").
 */
export function logRights({ ownPrefix, account, region, notebooks, jobs }: LogRightsProps): PolicyStatement[] {
  if (!notebooks && !jobs) return [];
  const logGroup = (rest: string) => `arn:aws:logs:${region}:${account}:log-group:/aws/sagemaker/${rest}`;
  const write = ["logs:CreateLogStream", "logs:PutLogEvents"];
  const own = `${ownPrefix}*`;
  return [
    ...(notebooks ? [{ sid: "WriteStudioLog", actions: write, resources: [logGroup("studio:*")] }] : []),
    ...(jobs
      ? [
          {
            sid: "WriteLogs",
            actions: [...write, "logs:GetLogEvents"],
            resources: [logGroup(`*:log-stream:${own}`), logGroup(`Endpoints/${own}`)],
          },
        ]
      : []),
    {
      sid: "MakeLogGroups",
      actions: ["logs:CreateLogGroup", ...(jobs ? ["logs:DescribeLogStreams"] : [])],
      resources: [logGroup("*")],
    },
  ];
}
