import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { Environment } from "../../environments/schema";
import { awsConfig } from "../store/aws-config";
import { targetOf } from "../target";
import { messageOf, UserError } from "../user-error";
import { type Finding, fault, ok, unchecked } from "./finding";

/** Credentials that fit an environment's account, and what is to be said of them. */
export interface Caller {
  readonly finding: Finding;
  /** With the credentials; nothing when there are none, or those of another account. */
  readonly env?: NodeJS.ProcessEnv;
}

/** Asks AWS who the credentials belong to, and compares with the account of the environment file. */
export async function callerOf(
  { name, account, region }: Environment,
  options: { readonly localAccount: boolean; readonly environmentsFolder: string; readonly env: NodeJS.ProcessEnv },
): Promise<Caller> {
  let env: NodeJS.ProcessEnv;
  try {
    env = targetOf(name, options).env;
  } catch (error) {
    if (!(error instanceof Error && (error instanceof UserError || /^Account/.test(error.name)))) throw error;
    return { finding: unchecked(`the local account is not looked at: ${messageOf(error)}`) };
  }
  try {
    const { Account, Arn } = await new STSClient(awsConfig(env, region)).send(new GetCallerIdentityCommand({}));
    if (Account === account) return { env, finding: ok(`credentials of account ${account} (${Arn})`) };
    const mend = `sign in to account ${account} (aws sso login --profile <profile of ${name}>; export AWS_PROFILE=<it>), or correct account in environments/${name}.yaml`;
    return { finding: fault(`expected credentials of account ${account}, but these are of ${Account} (${Arn})`, mend) };
  } catch (error) {
    return { finding: refused(error, name) };
  }
}

const signIn = "aws sso login, or export AWS_PROFILE";

function refused(error: unknown, name: string): Finding {
  const kind = error instanceof Error ? error.name : "";
  if (kind === "CredentialsProviderError" || kind === "TokenProviderError") {
    return unchecked("nothing in the account is looked at: there are no AWS credentials", signIn);
  }
  if (/^(ExpiredToken|InvalidClientTokenId|SignatureDoesNotMatch|UnrecognizedClient|AccessDenied)/.test(kind)) {
    return fault(`AWS refuses the credentials: ${kind}: ${messageOf(error)}`, `sign in again: ${signIn}`);
  }
  return unchecked(`AWS could not be asked whose the credentials of ${name} are: ${kind}: ${messageOf(error)}`);
}
