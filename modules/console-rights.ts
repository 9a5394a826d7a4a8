import type { PolicyStatement } from "./policy";
import { queryPages } from "./query-pages";

export interface ConsoleRightsProps {
  /** What the group may do in Studio. */
  readonly statements: readonly PolicyStatement[];
  readonly account: string;
  readonly region: string;
}

/** Services by which people read data and ask queries outside of Studio. Starting machines is for notebooks alone, under Studio's limits. */
const readingServices = ["athena", "glue", "kms", "s3"];
/** A grant lends the key on to machines. */
const forMachines = ["kms:CreateGrant"];
const serviceOf = (action: string): string => action.split(":")[0] ?? "";

/**
 * What a group may do in the console and by the CLI: read what it may read in Studio, ask its queries and find their pages, find Studio and its
 * own profile. Whatever reads is of the group's role, so that nobody gets more by another way in, and refusals of reading stay. To open Studio takes no
 * right here: people of Identity Center come by the access portal.
 */
export function consoleRights({ statements, account, region }: ConsoleRightsProps): PolicyStatement[] {
  const reads = (action: string) => readingServices.includes(serviceOf(action)) && !forMachines.includes(action);
  const kept = statements.filter(({ effect = "Allow", actions }) =>
    effect === "Deny" ? actions.some((action) => action === "*" || reads(action)) : actions.every(reads),
  );
  const workgroupArns = kept.find(({ actions }) => actions.includes("athena:StartQueryExecution"))?.resources;
  const ours = `arn:aws:sagemaker:${region}:${account}`;
  return [
    // Lists can't be limited (Service Authorization Reference, "Amazon SageMaker AI").
    { sid: "FindStudio", actions: ["sagemaker:ListDomains", "sagemaker:ListUserProfiles"], resources: ["*"] },
    {
      sid: "LookAtStudio",
      actions: ["sagemaker:DescribeDomain", "sagemaker:DescribeUserProfile"],
      resources: [`${ours}:domain/*`, `${ours}:user-profile/*`],
    },
    ...(workgroupArns ? queryPages({ account, region, workgroupArns }) : []),
    ...kept,
  ];
}
