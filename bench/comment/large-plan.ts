import { execFile } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { findBinary } from "../../gitops/terraform/binary";

const run = promisify(execFile);

/** How many of ten thousand changes are of each kind. */
const shares = { changed: 0.4, replaced: 0.2, removed: 0.2, added: 0.2 } as const;

type Kind = keyof typeof shares;

/**
 * A real plan of Terraform's with so many changes, as `terraform show -json` writes it: of `terraform_data`, which needs no provider,
 * each with as many values as a bucket or a function has.
 */
export async function largePlan(folder: string, changes: number): Promise<string> {
  const { path } = await findBinary(process.env);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const terraform = (...args: string[]) =>
    run(path, args, { cwd: folder, env: { ...process.env, CHECKPOINT_DISABLE: "1", GOGC: "400" }, maxBuffer: 2 ** 30 });
  await writeFile(join(folder, "main.tf.json"), configuration(changes, "before"));
  await terraform("init", "-input=false");
  await terraform("apply", "-auto-approve", "-input=false", "-no-color", "-parallelism=50");
  await writeFile(join(folder, "main.tf.json"), configuration(changes, "after"));
  await terraform("plan", "-input=false", "-no-color", "-out=plan");
  return (await terraform("show", "-json", "plan")).stdout;
}

function configuration(changes: number, when: "before" | "after"): string {
  const count = (kind: Kind): number => {
    const isThere = kind === "added" ? when === "after" : kind === "removed" ? when === "before" : true;
    return isThere ? Math.round(changes * shares[kind]) : 0;
  };
  const resource = (kind: Kind) => [
    kind,
    {
      count: count(kind),
      input: values(kind === "replaced" ? "before" : when),
      triggers_replace: kind === "replaced" ? when : "never",
    },
  ];
  return JSON.stringify({
    resource: { terraform_data: Object.fromEntries((Object.keys(shares) as Kind[]).map(resource)) },
  });
}

const index = "\u0024{count.index}";

function values(when: "before" | "after"): object {
  const policy = {
    Version: "2012-10-17",
    Statement: [1, 2, 3].map((number) => ({
      Sid: `Statement${number}`,
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:PutObject"],
      Resource: `arn:aws:s3:::darkroom-${number}-${index}/*`,
    })),
  };
  return {
    bucket: `darkroom-prod-images-${index}`,
    policy: JSON.stringify(policy),
    environment: { LOG_LEVEL: when === "before" ? "info" : "debug", DATABASE_PASSWORD: `hunter2-${when}-${index}` },
    tags: { environment: "prod", owner: when === "before" ? "image-platform" : "image-team", number: index },
    lifecycle: [1, 2, 3, 4].map((rule) => ({ id: `rule-${rule}`, days: when === "before" ? 30 : 14, enabled: true })),
    note: `Text with \`\`\` backticks and | bars, ${when}`,
    ...Object.fromEntries(Array.from({ length: 12 }, (_, number) => [`setting_${number}`, `value ${number}`])),
  };
}
