import { execFile } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { findBinary } from "../../gitops/terraform/binary";

const run = promisify(execFile);

/** How many of ten thousand changes are of each kind. */
const shares = { changed: 0.4, replaced: 0.2, removed: 0.2, added: 0.2 } as const;

type Kind = keyof typeof shares;

/** So many Terraform plans in seconds; ten times as many take it the better part of an hour. */
const mostPlanned = 1000;

/**
 * A plan with so many changes, as `terraform show -json` writes it: of `terraform_data`, which needs no provider, each with as many
 * values as a bucket or a function has. Up to a thousand changes are planned by Terraform; more are those again, under other names.
 */
export async function largePlan(folder: string, changes: number): Promise<string> {
  const planned = await realPlan(folder, Math.min(changes, mostPlanned));
  return changes > mostPlanned ? repeated(planned, changes / mostPlanned) : planned;
}

interface Named {
  readonly address: string;
  readonly name: string;
}

/** The plan `times` over, in each list of resources that it has. */
function repeated(text: string, times: number): string {
  const plan = JSON.parse(text);
  const again = <R extends Named>(list: readonly R[]): R[] =>
    Array.from({ length: Math.round(times) }, (_, copy) =>
      list.map((one) => {
        const name = `${one.name}_${copy}`;
        return { ...one, name, address: one.address.replace(one.name, name) };
      }),
    ).flat();
  plan.resource_changes = again(plan.resource_changes);
  for (const module of [plan.planned_values.root_module, plan.prior_state.values.root_module])
    module.resources = again(module.resources);
  return JSON.stringify(plan);
}

async function realPlan(folder: string, changes: number): Promise<string> {
  const { path } = await findBinary(process.env);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const terraform = (...args: string[]) =>
    run(path, args, { cwd: folder, env: { ...process.env, CHECKPOINT_DISABLE: "1", GOGC: "400" }, maxBuffer: 2 ** 30 });
  // As an apply would have left it, which takes Terraform minutes.
  await writeFile(join(folder, "terraform.tfstate"), stateBefore(changes));
  await writeFile(join(folder, "main.tf.json"), configuration(changes, "after"));
  await terraform("init", "-input=false");
  await terraform("plan", "-refresh=false", "-input=false", "-no-color", "-out=plan");
  return (await terraform("show", "-json", "plan")).stdout;
}

const countOf = (kind: Kind, changes: number, when: "before" | "after"): number => {
  const isThere = kind === "added" ? when === "after" : kind === "removed" ? when === "before" : true;
  return isThere ? Math.round(changes * shares[kind]) : 0;
};
const kinds = Object.keys(shares) as Kind[];

function configuration(changes: number, when: "before" | "after"): string {
  const resource = (kind: Kind) => [
    kind,
    {
      count: countOf(kind, changes, when),
      input: values(kind === "replaced" ? "before" : when, countIndex),
      triggers_replace: kind === "replaced" ? when : "never",
    },
  ];
  return JSON.stringify({ resource: { terraform_data: Object.fromEntries(kinds.map(resource)) } });
}

function stateBefore(changes: number): string {
  const typed = (value: unknown) => ({ value, type: typeOf(value) });
  const resources = kinds.map((kind) => ({
    mode: "managed",
    type: "terraform_data",
    name: kind,
    provider: 'provider["terraform.io/builtin/terraform"]',
    instances: Array.from({ length: countOf(kind, changes, "before") }, (_, number) => {
      const input = typed(values("before", number));
      const triggers_replace = typed(kind === "replaced" ? "before" : "never");
      return {
        index_key: number,
        schema_version: 0,
        attributes: { id: `${kind}-${number}`, input, output: input, triggers_replace },
      };
    }),
  }));
  const lineage = "00000000-0000-4000-8000-000000000000";
  return JSON.stringify({ version: 4, terraform_version: "1.11.4", serial: 1, lineage, outputs: {}, resources });
}

/** A value's type as a state names it. */
function typeOf(value: unknown): unknown {
  if (Array.isArray(value)) return ["tuple", value.map(typeOf)];
  if (typeof value !== "object" || value === null) return typeof value === "boolean" ? "bool" : typeof value;
  return ["object", Object.fromEntries(Object.entries(value).map(([key, part]) => [key, typeOf(part)]))];
}

/** As Terraform puts a resource's number in. */
const countIndex = "\u0024{count.index}";

function values(when: "before" | "after", index: string | number): object {
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
