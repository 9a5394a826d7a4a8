import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Context } from "./options";
import { bindingNow, bindingSchema, fileHash, type PlanBinding } from "./plan-binding";
import { factsOf, readPlanFile } from "./plan-facts";
import { planText } from "./plan-text";
import { type PreparedStack, prepareStack } from "./prepare-stack";
import { handLines } from "./removed/by-hand";
import type { Gate } from "./review/gate";
import type { Stack } from "./terraform/manifest";
import { emptyPlan } from "./terraform/plan-json";
import { withProvider } from "./terraform/running-provider";
import { changesAnything, noChanges, type PlanChanges } from "./terraform/show";
import { runIn } from "./terraform/workspace";
import { messageOf, UserError } from "./user-error";

/** Result of planning one stack; kept as `<stack>.json`. No value that is marked as sensitive is in it. */
export interface StackPlan {
  readonly stack: string;
  readonly environment: string;
  readonly outcome: "changes" | "no-changes" | "waits" | "failed";
  readonly changes: PlanChanges;
  /** changesHash(); nothing when it could not be planned. */
  readonly changesSha256?: string;
  /** Why a code owner has to look before it is applied after a review. */
  readonly gates: readonly Gate[];
  /** Stacks that must be applied before this one can be planned. */
  readonly waitsFor: readonly string[];
  /** Stacks whose own plan changes outputs that this plan has read: it is made anew when they are applied. */
  readonly mayChangeAfter: readonly string[];
  readonly error?: string;
  /** Absolute paths. The plan file and the text hold values in clear as far as Terraform shows them. */
  readonly files?: { readonly plan: string; readonly text: string; readonly json: string };
  readonly binding?: PlanBinding;
  readonly seconds: number;
}

/** Paths of the kept files of one stack's plan. */
export function planFiles(plansFolder: string, stack: string) {
  const path = (extension: string) => join(plansFolder, `${stack}.${extension}`);
  return { plan: path("tfplan"), text: path("txt"), json: path("json") };
}

/** Plans one stack, a removed one to be destroyed, and keeps the plan. Never throws for what concerns only this stack: it is in the result. */
export async function planStack(context: Context, stack: Stack): Promise<StackPlan> {
  const start = Date.now();
  const files = planFiles(context.plansFolder, stack.name);
  for (const file of Object.values(files)) rmSync(file, { force: true });
  const base = {
    stack: stack.name,
    environment: stack.environment,
    changes: noChanges,
    gates: [],
    waitsFor: [],
    mayChangeAfter: [],
  };
  const seconds = () => (Date.now() - start) / 1000;
  try {
    const preparation = await prepareStack(context, stack);
    if (!preparation.ready) return { ...base, outcome: "waits", waitsFor: preparation.waitsFor, seconds: seconds() };
    const { prepared } = preparation;
    const { binding, ...found } = await withProvider(context.terraform, prepared.workspace, (terraform) =>
      planPrepared({ ...context, terraform }, prepared, files),
    );
    const outcome = changesAnything(found.changes) ? "changes" : "no-changes";
    const plan: StackPlan = { ...base, ...found, outcome, files, binding, seconds: seconds() };
    writeFileSync(files.json, `${JSON.stringify(plan, null, 2)}\n`, { mode: 0o600 });
    return plan;
  } catch (error) {
    for (const file of Object.values(files)) rmSync(file, { force: true });
    if (!(error instanceof UserError)) throw error;
    const lines = [messageOf(error), ...handLines(stack)];
    return { ...base, outcome: "failed", error: lines.join("\n"), seconds: seconds() };
  }
}

async function planPrepared(context: Context, prepared: PreparedStack, files: ReturnType<typeof planFiles>) {
  const { terraform, signal, progress } = context;
  const stack = prepared.stack.name;
  progress({ stack, step: "plan", message: "planning" });
  // There before Terraform writes into it, so that nobody else can read it at any moment.
  writeFileSync(files.plan, "", { mode: 0o600 });
  const destroy = prepared.stack.removed === undefined ? [] : ["-destroy"];
  const refresh = prepared.readsAll ? [] : ["-refresh=false"];
  const { code, stdout } = await runIn(
    terraform,
    prepared.workspace,
    // Planning writes nothing, so it needs no lock; whether the state has moved since is checked when applying.
    [
      "plan",
      ...destroy,
      ...refresh,
      "-input=false",
      "-no-color",
      "-lock=false",
      "-detailed-exitcode",
      `-out=${files.plan}`,
    ],
    {
      goodCodes: [0, 2],
      signal,
      onLine: (line) => {
        if (/: (Refreshing|Reading|Read complete|Still reading|Preparing import)/.test(line)) {
          progress({ stack, step: "plan", message: line.replace(/ \[id=.*/, "") });
        }
      },
    },
  );
  chmodSync(files.plan, 0o600);
  writeFileSync(files.text, planText(stdout), { mode: 0o600 });
  const binding: PlanBinding = { ...bindingNow(context, prepared), planSha256: fileHash(files.plan) ?? "" };
  // Showing a plan starts the provider once more, seconds; without changes there is nothing to show.
  const nothing = code === 0 && stdout.includes("No changes. Your infrastructure matches the configuration.");
  const plan = nothing ? emptyPlan : await readPlanFile(terraform, prepared.workspace, files.plan, signal);
  return { ...factsOf(plan, prepared.stack, terraform.env), binding };
}

/** The plan kept from an earlier run, with what it is bound to. */
export function readSavedPlan(
  plansFolder: string,
  stack: string,
): (StackPlan & { readonly binding: PlanBinding }) | undefined {
  const { json } = planFiles(plansFolder, stack);
  if (!existsSync(json)) return undefined;
  try {
    const plan = JSON.parse(readFileSync(json, "utf8")) as StackPlan;
    return { ...plan, binding: bindingSchema.parse(plan.binding) };
  } catch {
    return undefined; // written by another version, or cut short: then it is planned anew
  }
}
