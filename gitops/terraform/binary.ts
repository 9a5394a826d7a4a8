import { execFile } from "node:child_process";
import { z } from "zod";
import { UserError } from "../user-error";

/** Oldest version that knows the lock file of the S3 backend (`use_lockfile`, Terraform 1.10, OpenTofu 1.10). */
export const minimumVersion = "1.10.0";

/** A Terraform (or OpenTofu) on this computer. */
export interface TerraformBinary {
  /** Name or path to start it by. */
  readonly path: string;
  readonly product: "terraform" | "tofu";
  /** For example `1.11.4`. */
  readonly version: string;
  /** Terraform's name of this platform, for example `linux_amd64`. */
  readonly platform: string;
  /** Host of the registry that provider addresses without a host belong to. */
  readonly registryHost: string;
}

const versionOutput = z.object({
  terraform_version: z.string(),
  platform: z.string(),
});

const install = "install it from https://developer.hashicorp.com/terraform/install";
const otherBinary = "or name another binary (OpenTofu too) with TERRAFORM_BINARY_NAME";

/**
 * The binary that `TERRAFORM_BINARY_NAME` names, as in the CDK for Terraform, else `terraform`.
 * @throws UserError when there is none, it does not answer, or it is older than {@link minimumVersion}.
 */
export async function findBinary(env: NodeJS.ProcessEnv = process.env): Promise<TerraformBinary> {
  const path = env.TERRAFORM_BINARY_NAME || "terraform";
  const output = await versionJson(path, env);
  const parsed = versionOutput.safeParse(output);
  if (!parsed.success) {
    throw new UserError(
      `Expected the version of Terraform from \`${path} version -json\`, but its answer has no terraform_version and platform: ${install}, ${otherBinary}.`,
    );
  }
  const { terraform_version: version, platform } = parsed.data;
  if (compareVersions(version, minimumVersion) < 0) {
    throw new UserError(
      `Terraform ${minimumVersion} or later is needed, but \`${path}\` is ${version}: ${install}, ${otherBinary}.`,
    );
  }
  const product = await productOf(path, env);
  return {
    path,
    product,
    version,
    platform,
    registryHost: `registry.${product === "tofu" ? "opentofu.org" : "terraform.io"}`,
  };
}

/** Negative, zero or positive as `a` is older than, the same as, or newer than `b`; a pre-release is older than its release. */
export function compareVersions(a: string, b: string): number {
  const [coreA = "", preA] = a.split("+", 1).join("").split(/-(.*)/s);
  const [coreB = "", preB] = b.split("+", 1).join("").split(/-(.*)/s);
  const [partsA, partsB] = [coreA.split(".").map(Number), coreB.split(".").map(Number)];
  for (const index of [0, 1, 2]) {
    const difference = (partsA[index] ?? 0) - (partsB[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return (preA === undefined ? 1 : 0) - (preB === undefined ? 1 : 0);
}

async function versionJson(path: string, env: NodeJS.ProcessEnv): Promise<unknown> {
  try {
    return JSON.parse(await answer(path, ["version", "-json"], env));
  } catch (error) {
    if (isNodeError(error) && (error.code === "ENOENT" || error.code === "EACCES")) {
      throw new UserError(
        `Terraform ${minimumVersion} or later is needed, but there is no \`${path}\` to run: ${install}, ${otherBinary}.`,
      );
    }
    throw new UserError(
      `Expected the version of Terraform from \`${path} version -json\`, but it failed: ${install}, ${otherBinary}.`,
    );
  }
}

async function productOf(path: string, env: NodeJS.ProcessEnv): Promise<"terraform" | "tofu"> {
  return (await answer(path, ["version"], env)).startsWith("OpenTofu") ? "tofu" : "terraform";
}

function answer(path: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  // No configuration of the user's: it can't change the version, but a faulty one would garble the answer.
  const { TF_CLI_CONFIG_FILE: _, ...rest } = env;
  return new Promise((resolve, reject) => {
    execFile(path, args, { env: { ...rest, CHECKPOINT_DISABLE: "1" }, timeout: 30_000 }, (error, stdout) =>
      error ? reject(error) : resolve(stdout),
    );
  });
}

const isNodeError = (error: unknown): error is NodeJS.ErrnoException =>
  typeof error === "object" && error !== null && "code" in error;
