import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { z } from "zod";
import { messageOf, UserError } from "../user-error";

const s3Location = z.looseObject({ bucket: z.string(), key: z.string(), region: z.string() });

/** Where a state lies in S3. */
export type S3Location = z.infer<typeof s3Location>;

const configurationSchema = z.looseObject({
  terraform: z.looseObject({ backend: z.looseObject({ s3: s3Location.optional() }).optional() }).default({}),
  data: z
    .looseObject({
      terraform_remote_state: z
        .record(z.string(), z.looseObject({ backend: z.string(), config: z.unknown().optional() }))
        .default({}),
    })
    .default({ terraform_remote_state: {} }),
  resource: z
    .looseObject({ aws_s3_bucket: z.record(z.string(), z.unknown()).default({}) })
    .default({ aws_s3_bucket: {} }),
});

/** The outputs of another stack that a stack reads. */
export interface UpstreamUse {
  readonly location: S3Location;
  /** Names of outputs, sorted. */
  readonly outputs: readonly string[];
}

/** What the synthesized configuration of a stack says about states. */
export interface Configuration {
  /** The stack's own state; nothing when it is not kept in S3. */
  readonly backend: S3Location | undefined;
  readonly upstream: readonly UpstreamUse[];
  /** `aws_s3_bucket.<id>` that creates the bucket of the stack's own state. */
  readonly stateBucketAddress: string | undefined;
}

/** @throws UserError when there is no configuration in the folder, or it can't be read. */
export function readConfiguration(folder: string): Configuration {
  const file = join(folder, "cdk.tf.json");
  try {
    const text = readFileSync(file, "utf8");
    const { terraform, data, resource } = configurationSchema.parse(JSON.parse(text));
    const backend = terraform.backend?.s3;
    const bucket = Object.entries(resource.aws_s3_bucket).find(
      ([, value]) => backend && bucketOf(value) === backend.bucket,
    );
    return {
      backend,
      upstream: Object.entries(data.terraform_remote_state).flatMap(([id, { backend: kind, config }]) =>
        kind === "s3" ? [{ location: s3Location.parse(config), outputs: outputsUsed(text, id) }] : [],
      ),
      stateBucketAddress: bucket && `aws_s3_bucket.${bucket[0]}`,
    };
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    throw new UserError(`Expected a synthesized stack in ${file}, but ${why}: run \`npm run synth\` again.`);
  }
}

/** `…outputs.name` and `…outputs["name"]`, the latter with its quotes escaped, as it stands in JSON. */
function outputsUsed(text: string, id: string): string[] {
  const escaped = id.replace(/[^\w-]/g, "\\$&");
  const use = new RegExp(
    `data\\.terraform_remote_state\\.${escaped}\\.outputs(?:\\.([\\w-]+)|\\[\\\\"([^"\\\\]+)\\\\"\\])`,
    "g",
  );
  return [...new Set([...text.matchAll(use)].map(([, dotted, indexed]) => dotted ?? indexed ?? ""))].sort();
}

const bucketOf = (value: unknown): unknown =>
  value !== null && typeof value === "object" && "bucket" in value ? value.bucket : undefined;

/**
 * Sha-256, in hex, of everything in a stack's folder that Terraform reads: the synthesized configuration and its
 * assets, but not the provider lock file, which Terraform itself compares.
 */
export function configurationHash(folder: string): string {
  const hash = createHash("sha256");
  for (const path of filesIn(folder).sort()) {
    hash.update(path.split(sep).join("/")).update("\0");
    hash.update(
      createHash("sha256")
        .update(readFileSync(join(folder, path)))
        .digest(),
    );
  }
  return hash.digest("hex");
}

/** Terraform's own working files, and the CDK for Terraform's notes about the stack. */
const notRead = new Set([".terraform", ".terraform.lock.hcl", "metadata.json"]);

function filesIn(folder: string, under = ""): string[] {
  return readdirSync(join(folder, under), { withFileTypes: true }).flatMap((entry) => {
    if (notRead.has(entry.name)) return [];
    const path = join(under, entry.name);
    return entry.isDirectory() ? filesIn(folder, path) : [path];
  });
}
