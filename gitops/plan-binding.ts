import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import type { Context } from "./options";
import type { PreparedStack } from "./prepare-stack";
import { configurationHash } from "./terraform/configuration";
import { lockHash } from "./terraform/workspace";

const stateSchema = z.object({ lineage: z.string(), serial: z.int() });

/**
 * Everything a plan was made from. A plan may be applied as long as none of it has changed; that the state has not
 * moved is checked here to say it early, and by Terraform under the lock. It holds no values.
 */
export const bindingSchema = z.object({
  backend: z.enum(["s3", "local"]),
  /** `AWS_ENDPOINT_URL`, or `aws`. A first plan has no lineage, so nothing else would tell two accounts apart. */
  endpoint: z.string(),
  terraform: z.string(),
  configSha256: z.string(),
  lockSha256: z.string().nullable(),
  /** Nothing before the first apply. */
  state: stateSchema.nullable(),
  upstream: z.array(
    stateSchema.extend({ stack: z.string(), outputs: z.array(z.string()), outputsSha256: z.string() }).readonly(),
  ),
  planSha256: z.string(),
});

/** See {@link bindingSchema}. */
export type PlanBinding = z.infer<typeof bindingSchema>;

/** What a plan made now would be bound to, the plan itself aside. The workspace must be initialized. */
export function bindingNow(
  { env, terraform }: Pick<Context, "env" | "terraform">,
  prepared: PreparedStack,
): Omit<PlanBinding, "planSha256"> {
  return {
    backend: prepared.backend,
    endpoint: env.AWS_ENDPOINT_URL || "aws",
    terraform: `${terraform.binary.product} ${terraform.binary.version}`,
    configSha256: configurationHash(prepared.workspace.folder),
    lockSha256: lockHash(prepared.workspace) ?? null,
    state: prepared.state,
    upstream: [...prepared.upstream],
  };
}

/** Sha-256, in hex, of a file; nothing when there is none. */
export const fileHash = (file: string): string | undefined =>
  existsSync(file) ? createHash("sha256").update(readFileSync(file)).digest("hex") : undefined;

/** Why a plan with this binding must not be applied any more, in words that follow "because"; nothing when it may. */
export function whyStale(
  saved: PlanBinding,
  now: Omit<PlanBinding, "planSha256">,
  planFile: string,
): string | undefined {
  if (fileHash(planFile) !== saved.planSha256) return "the plan file is missing or was altered";
  if (saved.endpoint !== now.endpoint || saved.backend !== now.backend) {
    return `it was planned against ${saved.endpoint}, not ${now.endpoint}`;
  }
  if (saved.terraform !== now.terraform) return `it was planned by ${saved.terraform}, not ${now.terraform}`;
  if (saved.configSha256 !== now.configSha256) return "the configuration has changed since it was planned";
  if (saved.lockSha256 !== now.lockSha256) return "the provider lock file has changed since it was planned";
  if (saved.state?.lineage !== now.state?.lineage || saved.state?.serial !== now.state?.serial) {
    return `the state has moved on since it was planned (serial ${saved.state?.serial ?? 0}, now ${now.state?.serial ?? 0})`;
  }
  const moved = now.upstream.filter(
    ({ stack, outputsSha256 }) => saved.upstream.find((item) => item.stack === stack)?.outputsSha256 !== outputsSha256,
  );
  if (moved.length > 0 || saved.upstream.length !== now.upstream.length) {
    return `outputs of ${moved.map(({ stack }) => stack).join(", ")} have changed since it was planned`;
  }
  return undefined;
}
