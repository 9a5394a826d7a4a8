import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { providerAddress } from "./provider-mirror";
import type { Terraform } from "./run";
import type { Workspace } from "./workspace";

/** A provider that runs on between commands of Terraform. */
export interface RunningProvider {
  /** Terraform, told to use it. */
  readonly terraform: Terraform;
  stop(): void;
}

/** How long it may take to come up; Terraform starts its own then. */
const readySeconds = 60;

/**
 * Does something with an AWS provider of its own that is started once. By itself Terraform starts it four times for planning a stack and
 * reading its plan, and hashes its 700 MB twice; for applying a plan, twice and once: half of the processor time. The hash was held
 * against the lock file by `terraform init`, in this process.
 * @param work - is to have one command that configures the provider: a second time it fails where AWS_CA_BUNDLE is set. Is given
 *   Terraform itself where {@link startProvider} starts nothing
 */
export async function withProvider<T>(
  terraform: Terraform,
  workspace: Workspace,
  work: (terraform: Terraform) => Promise<T>,
): Promise<T> {
  const provider = await startProvider(terraform, workspace);
  try {
    return await work(provider?.terraform ?? terraform);
  } finally {
    provider?.stop();
  }
}

/**
 * Starts the AWS provider of a workspace.
 *
 * It holds one configuration only, so it is for one stack with a single one: with two, both would work with the later one.
 * @returns nothing where the stack has another number of configurations, or the provider can't run on
 */
export async function startProvider(terraform: Terraform, workspace: Workspace): Promise<RunningProvider | undefined> {
  const file = programOf(workspace);
  if (file === undefined || configurationsIn(workspace.folder) !== 1) return undefined;
  // A process group of its own, as Terraform has: Ctrl-C must not end it while Terraform still ends what it is doing.
  const stdio = ["ignore", "pipe", "ignore"] as const;
  // Its working directory is Terraform's: files that a configuration names by relative paths are read from there.
  const { folder: cwd } = workspace;
  // For its socket, which it would leave among all that is temporary when it is killed. Paths of sockets have to be short.
  const sockets = mkdtempSync(join(tmpdir(), "dr-"));
  const env = { ...terraform.env, TMPDIR: sockets };
  const child = spawn(file, ["-debug"], { env, cwd, stdio: [...stdio], detached: true });
  const kill = (): void => {
    child.kill("SIGKILL");
    rmSync(sockets, { recursive: true, force: true });
  };
  process.on("exit", kill);
  const stop = (): void => {
    kill();
    process.off("exit", kill);
  };
  const reattach = await new Promise<unknown>((resolve) => {
    let said = "";
    const timer = setTimeout(resolve, readySeconds * 1000);
    const done = (found?: unknown): void => {
      clearTimeout(timer);
      resolve(found);
    };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      const json = /TF_REATTACH_PROVIDERS='(\{.*\})'/.exec(said)?.[1];
      if (json !== undefined) done(Object.values(JSON.parse(json) as object)[0]);
    });
    child.on("error", () => done());
    child.on("close", () => done());
  });
  if (reattach === undefined) {
    stop();
    return undefined;
  }
  const TF_REATTACH_PROVIDERS = JSON.stringify({ [providerAddress(terraform.binary)]: reattach });
  return { terraform: { ...terraform, env: { ...terraform.env, TF_REATTACH_PROVIDERS } }, stop };
}

/** The program of the AWS provider that a workspace is initialized with. */
function programOf({ dataFolder }: Workspace): string | undefined {
  const list = (folder: string): string[] =>
    existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
  // providers/<host>/hashicorp/aws/<version>/<platform>/terraform-provider-aws…
  const versions = list(join(dataFolder, "providers")).flatMap((host) => list(join(host, "hashicorp", "aws")));
  const program = versions
    .flatMap(list)
    .flatMap(list)
    .find((file) => /terraform-provider-aws[^/]*$/.test(file));
  return program === undefined ? undefined : realpathSync(program);
}

const configurationSchema = z.looseObject({ provider: z.looseObject({ aws: z.unknown().optional() }).default({}) });

/** Configurations of the AWS provider in a folder; aliases are such. */
function configurationsIn(folder: string): number {
  const files = readdirSync(folder).filter((name) => name.endsWith(".tf.json"));
  return files.reduce((total, name) => {
    const { aws } = configurationSchema.parse(JSON.parse(readFileSync(join(folder, name), "utf8"))).provider;
    return total + (Array.isArray(aws) ? aws.length : aws === undefined ? 0 : 1);
  }, 0);
}
