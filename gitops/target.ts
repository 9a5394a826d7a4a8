import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { closest, distance } from "fastest-levenshtein";
import { loadEnvironment } from "../environments/load";
import { readAccountFile } from "../local/account-file";
import { awsEnvironment } from "../local/aws-environment";
import { UserError } from "./user-error";

/** The environment that is only ever applied to the local account. */
export const localEnvironment = "local";

/** The AWS account that Terraform works on. */
export interface Target {
  readonly kind: "aws" | "local-account";
  /** Environment of Terraform's processes. */
  readonly env: NodeJS.ProcessEnv;
}

/**
 * The account an environment is planned and applied on: the running local account for `local` and on request, else
 * the one of the caller's credentials.
 * @throws UserError when there is no such environment. Also passes on that no local account runs.
 */
export function targetOf(
  environment: string,
  options: { readonly localAccount: boolean; readonly environmentsFolder: string; readonly env?: NodeJS.ProcessEnv },
): Target {
  const { localAccount, environmentsFolder, env = process.env } = options;
  requireEnvironment(environment, environmentsFolder);
  if (environment !== localEnvironment && !localAccount) return { kind: "aws", env };
  const running = readAccountFile();
  const { account, region } =
    environment === localEnvironment ? running : loadEnvironment(environment, environmentsFolder);
  return { kind: "local-account", env: localAccountEnvironment(env, { endpoint: running.endpoint, account, region }) };
}

/** An environment in which nothing of the caller's AWS credentials and settings is left. */
export function localAccountEnvironment(
  env: NodeJS.ProcessEnv,
  account: Parameters<typeof awsEnvironment>[0],
): NodeJS.ProcessEnv {
  const rest = Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("AWS_")));
  // Files that do not exist, for a shared configuration can set a role, an endpoint or a proxy.
  const noFiles = { AWS_CONFIG_FILE: "/dev/null", AWS_SHARED_CREDENTIALS_FILE: "/dev/null" };
  return { ...rest, ...noFiles, ...awsEnvironment(account) };
}

/** @throws UserError that names the environments there are, when there is none of that name. */
export function requireEnvironment(name: string, folder: string): void {
  if (existsSync(join(folder, `${name}.yaml`))) return;
  const names = readdirSync(folder)
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => file.slice(0, -".yaml".length))
    .sort();
  const near = names.length > 0 ? closest(name, names) : "";
  const hint = near !== "" && distance(name, near) <= 2 ? ` Did you mean ${near}?` : "";
  throw new UserError(
    `Expected the name of an environment, but there is no ${join("environments", `${name}.yaml`)}: there are ${names.join(", ")}.${hint}`,
  );
}
