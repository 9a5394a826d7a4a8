import { join } from "node:path";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { SFNClient } from "@aws-sdk/client-sfn";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { loadEnvironment } from "../environments/load";
import type { Environment } from "../environments/schema";
import { targetOf } from "../gitops/target";
import { messageOf, UserError } from "../gitops/user-error";
import { bucketName, resourceName } from "../modules/names";

/** A deployed environment, and clients for its account. */
export interface OperatedAccount {
  readonly environment: Environment;
  readonly kind: "aws" | "local-account";
  readonly s3: S3Client;
  readonly lambda: LambdaClient;
  readonly sfn: SFNClient;
  readonly buckets: { readonly uploads: string; readonly processed: string; readonly quarantine: string };
  readonly functions: { readonly stream: string; readonly batch: string };
  readonly stateMachineArn: string;
}

/** A call may take as long as the function runs: `processing.timeoutSeconds`, 240 at most. */
const longestCallMilliseconds = 300_000;

/**
 * The account an environment is deployed to: the running local account for `local` and on request, else the one of the caller's credentials.
 * @throws UserError when there is no such environment or account, or the credentials are another account's.
 */
export async function operatedAccount(
  name: string,
  { localAccount, root }: { readonly localAccount: boolean; readonly root: string },
): Promise<OperatedAccount> {
  const target = targetOf(name, { localAccount, environmentsFolder: join(root, "environments") });
  const environment = loadEnvironment(name, join(root, "environments"));
  const { account, region } = environment;
  const settings = { region, ...(target.kind === "local-account" && emulated(target.env)) };
  if (target.kind === "aws") await requireAccount(new STSClient(settings), environment);
  return {
    environment,
    kind: target.kind,
    s3: new S3Client({ ...settings, ...(target.kind === "local-account" && { forcePathStyle: true }) }),
    lambda: new LambdaClient({ ...settings, requestHandler: { requestTimeout: longestCallMilliseconds } }),
    sfn: new SFNClient(settings),
    buckets: {
      uploads: bucketName(environment, "uploads"),
      processed: bucketName(environment, "processed"),
      quarantine: bucketName(environment, "quarantine"),
    },
    functions: { stream: resourceName(environment, "stream"), batch: resourceName(environment, "batch") },
    stateMachineArn: `arn:aws:states:${region}:${account}:stateMachine:${resourceName(environment, "batch")}`,
  };
}

/** Settings of the SDK's clients out of the variables that direct Terraform to the local account. */
const emulated = (env: NodeJS.ProcessEnv) => ({
  endpoint: env.AWS_ENDPOINT_URL ?? "",
  credentials: { accessKeyId: env.AWS_ACCESS_KEY_ID ?? "", secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? "" },
});

/** Names of buckets hold the account, but those of functions do not: with other credentials they would be another account's. */
async function requireAccount(sts: STSClient, { name, account }: Environment): Promise<void> {
  const found = await sts.send(new GetCallerIdentityCommand({})).catch((error: unknown) => {
    throw new UserError(
      `AWS does not say who you are (${messageOf(error)}). Sign in to account ${account}, then try again.`,
    );
  });
  if (found.Account === account) return;
  throw new UserError(
    `Expected credentials of account ${account}, as environments/${name}.yaml says, but got those of ${found.Account}.`,
  );
}
