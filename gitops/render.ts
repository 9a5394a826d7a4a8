import { relative } from "node:path";
import { createColors } from "picocolors";
import type { StackApply } from "./apply-stack";
import type { StackPlan } from "./plan-stack";
import { knownAfterApply } from "./terraform/attribute-changes";
import type { Action, PlanChanges, ResourceChange } from "./terraform/show";

/** How results are written. */
export interface RenderOptions {
  readonly color: boolean;
  /** Paths are shown relative to it. */
  readonly folder: string;
}

const limits = { attributes: 8, added: 30, valueLength: 100 } as const;
const signs: Record<Action, string> = {
  destroy: "-",
  replace: "-/+",
  change: "~",
  add: "+",
  move: ">",
  import: "<",
  forget: ".",
};
const order = Object.keys(signs) as Action[];

/** The plans of an environment for people: a line a stack, the destructive changes first below it. */
export function renderPlans(plans: readonly StackPlan[], options: RenderOptions): string {
  const width = Math.max(...plans.map(({ stack }) => stack.length));
  return plans.flatMap((plan) => planLines(plan, width, options)).join("\n");
}

/** The results of an apply for people: a line a stack. */
export function renderApplies(results: readonly StackApply[], options: RenderOptions): string {
  const c = createColors(options.color);
  const width = Math.max(...results.map(({ stack }) => stack.length));
  return results
    .map((result) => {
      const { add, change, destroy } = result.applied;
      const anew = result.plannedAnew === undefined ? "" : ` (planned anew: ${result.plannedAnew})`;
      const what = {
        applied: c.green(`applied: + ${add} added, ~ ${change} changed, - ${destroy} destroyed`) + anew,
        nothing: `nothing to apply${anew}`,
        waits: c.yellow(`not applied: waits for ${result.waitsFor.join(", ")} to be applied first`),
        refused: c.red(`not applied: ${result.plannedAnew ?? "it is not what was reviewed"}`),
        skipped: c.yellow(`left untouched, because ${result.because.join(", ")} was not applied`),
        failed: c.red("failed") + anew,
      }[result.outcome];
      const error = result.error === undefined ? [] : [indent(result.error, 4)];
      return [`${result.stack.padEnd(width)}  ${what}`, ...error].join("\n");
    })
    .join("\n");
}

function planLines(plan: StackPlan, width: number, { color, folder }: RenderOptions): string[] {
  const c = createColors(color);
  const name = plan.stack.padEnd(width);
  if (plan.outcome === "waits") {
    return [`${name}  ${c.yellow(`waits for ${plan.waitsFor.join(", ")} to be applied first`)}`];
  }
  if (plan.outcome === "failed") return [`${name}  ${c.red("failed")}`, indent(plan.error ?? "", 4)];
  const { add, change, destroy, replace } = plan.changes.counts;
  const counts = `+ ${add} to add, ~ ${change} to change, - ${destroy} to destroy, -/+ ${replace} to replace`;
  const head = `${name}  ${plan.outcome === "no-changes" ? "no changes" : counts}`;
  const later =
    plan.mayChangeAfter.length > 0
      ? [`    ${c.yellow(`is planned anew once ${plan.mayChangeAfter.join(", ")} is applied`)}`]
      : [];
  const file = plan.outcome === "changes" && plan.files ? [`    plan: ${relative(folder, plan.files.text)}`] : [];
  return [head, ...changeLines(plan.changes, c), ...later, ...file];
}

function changeLines({ resources, outputs, drift }: PlanChanges, c: ReturnType<typeof createColors>): string[] {
  const paint: Partial<Record<Action, (text: string) => string>> = { destroy: c.red, replace: c.red, add: c.green };
  const title = ({ action, address, previousAddress }: ResourceChange) =>
    (paint[action] ?? c.yellow)(
      `${signs[action]} ${previousAddress === undefined ? "" : `${previousAddress} → `}${address}`,
    );
  const sorted = order.flatMap((action) => resources.filter((resource) => resource.action === action));
  const added = sorted.filter(({ action }) => action === "add").length;
  const shown = sorted.slice(0, sorted.length - Math.max(0, added - limits.added));
  const rest = sorted.length - shown.length;
  return [
    ...shown.flatMap((resource) => [`    ${title(resource)}`, ...attributeLines(resource)]),
    ...(rest > 0 ? [`    … and ${rest} more to add`] : []),
    ...outputs.map(
      ({ path, before, after, action }) => `    ${signs[action]} output ${path}: ${short(before)} → ${short(after)}`,
    ),
    ...drift.flatMap((resource) => [
      `    changed outside of Terraform: ${resource.address}`,
      ...attributeLines(resource),
    ]),
  ];
}

function attributeLines({ attributes }: ResourceChange): string[] {
  // What forces a replacement comes first; what only the apply will tell is no news.
  const telling = [
    ...attributes.filter(({ forcesReplacement }) => forcesReplacement),
    ...attributes.filter(({ forcesReplacement, after }) => !forcesReplacement && after !== knownAfterApply),
  ];
  const shown = telling.slice(0, limits.attributes).map(({ path, before, after, forcesReplacement }) => {
    return `        ${path}: ${short(before)} → ${short(after)}${forcesReplacement ? " (forces replacement)" : ""}`;
  });
  const rest = telling.length - shown.length;
  return rest > 0 ? [...shown, `        … and ${rest} more attributes`] : shown;
}

const short = (value: string): string =>
  value.length > limits.valueLength ? `${value.slice(0, limits.valueLength - 1)}…` : value;

const indent = (text: string, by: number): string =>
  text
    .split("\n")
    .map((line) => " ".repeat(by) + line)
    .join("\n");
