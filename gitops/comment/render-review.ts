import { gateBlock, gateIntroduction } from "../gates/gate-block";
import type { GateState } from "../gates/gate-check";
import type { ReviewedStack, ReviewResult } from "../review/result";
import { counted, listed } from "../settings-diff/words/words";
import { code, fenced, plain } from "./markdown";
import { isDestructive, stackDetails } from "./stack-details";
import { sum, type Verdict, verdictOf } from "./verdict";

/** What GitHub takes in a comment is 65,536 characters; the rest is room for what is added later. */
export const maxCommentCharacters = 60_000;

export interface ReviewText {
  readonly text: string;
  /** Changes that did not fit. */
  readonly leftOut: number;
}

export interface RenderReviewOptions {
  /** @default maxCommentCharacters */
  readonly maxCharacters?: number;
  /** Where the whole text is, should it not fit here. */
  readonly summaryUrl?: string;
  /** What the gate says. @default it is not told */
  readonly gate?: GateState | undefined;
}

/** The review of a pull request for people: verdict, settings, table, what is destroyed, and the rest folded. */
export function renderReview(
  results: readonly ReviewResult[],
  verdict: Verdict,
  { maxCharacters = maxCommentCharacters, summaryUrl, gate }: RenderReviewOptions = {},
): ReviewText {
  const stacks = results.flatMap((result) => result.stacks);
  const head = [
    firstLines(results, verdict, gate),
    ...settingLines(results),
    ...gateLines(verdict, gate),
    ...tableLines(results),
    ...errorLines(results),
  ].join("\n");
  const foot = footLines(results).join("\n");
  const reserve = 300;
  let room = maxCharacters - head.length - foot.length - reserve;
  if (room < 0) return cutToSize(head, foot, maxCharacters, stacks, summaryUrl);
  let leftOut = 0;
  const parts: string[] = [];
  const add = (list: readonly ReviewedStack[], wanted: (resource: Resource) => boolean, open: boolean): void => {
    // Each stack may use an even share of what is left, so that one of ten thousand changes leaves room for the others.
    list.forEach((stack, index) => {
      const resources = stack.plan.changes.resources.filter(wanted);
      const details = stackDetails(stack, resources, Math.floor(room / (list.length - index)), open);
      room -= details.text.length;
      leftOut += details.leftOut;
      if (details.text !== "") parts.push(details.text);
    });
  };
  const destroying = stacks.filter(({ plan }) => plan.changes.resources.some(isDestructive));
  if (destroying.length > 0) parts.push("### Destroyed or replaced\n");
  // A quarter at the least is left for the rest.
  const rest = room / 4;
  room -= rest;
  add(destroying, isDestructive, true);
  room += rest;
  const others = stacks.filter(
    ({ plan }) =>
      plan.changes.outputs.length > 0 || plan.changes.resources.some((resource) => !isDestructive(resource)),
  );
  if (others.length > 0) parts.push("### Everything else\n");
  add(others, (resource) => !isDestructive(resource), false);
  return { text: [head, ...parts, ...leftOutLines(leftOut, summaryUrl), foot].join("\n"), leftOut };
}

/** Terraform repeats itself; what matters stands first. */
const maxErrorLines = 40;

type Resource = ReviewedStack["plan"]["changes"]["resources"][number];

function firstLines(results: readonly ReviewResult[], verdict: Verdict, gate: GateState | undefined): string {
  if (gate === undefined || verdict.gates.length === 0) return `## ${verdict.words}`;
  return gateBlock({ held: verdictOf(results, false).words, open: verdictOf(results, true).words }, gate);
}

function settingLines(results: readonly ReviewResult[]): string[] {
  // What needs a code owner stands in the warning.
  const changes = results.flatMap(({ settings }) => settings).filter(({ gate }) => gate === undefined);
  if (changes.length === 0) return [];
  return ["", "### What the settings say now", "", ...changes.map(({ words }) => `- ${plain(words)}`)];
}

function gateLines({ kind, gates }: Verdict, gate: GateState | undefined): string[] {
  const open = gate?.open ?? kind !== "held";
  if (gates.length === 0) return [];
  return [
    "",
    "> [!WARNING]",
    gateIntroduction(open ? "open" : "held"),
    ...gates.map(({ subject, words }) => `> - ${code(subject)}: ${plain(words)}`),
  ];
}

function tableLines(results: readonly ReviewResult[]): string[] {
  const rows = results.flatMap(({ environment, stacks }) =>
    stacks
      .filter(({ plan }) => plan.outcome !== "no-changes")
      .map(({ plan, because }) => {
        const { add, change, replace, destroy } = sum([plan.changes.counts]);
        const numbers = [add, change, replace, destroy].map((count) =>
          count === 0 ? "" : count.toLocaleString("en-US"),
        );
        const notes = [
          ...(plan.outcome === "failed" ? ["**could not be planned**"] : []),
          ...(plan.waitsFor.length > 0 ? [`waits for ${listed(plan.waitsFor)}`] : []),
          ...(plan.mayChangeAfter.length > 0 ? [`planned anew once ${listed(plan.mayChangeAfter)} is applied`] : []),
          ...(because === "upstream" ? ["only a stack it depends on changes"] : []),
          ...(because === "removed" ? ["**the stack is removed**"] : []),
        ];
        return `| ${plain(environment)} | ${plain(plan.stack)} | ${numbers.join(" | ")} | ${notes.join("; ")} |`;
      }),
  );
  const same = results.flatMap(({ stacks, unchanged }) => [
    ...stacks.filter(({ plan }) => plan.outcome === "no-changes").map(({ plan }) => plan.stack),
    ...unchanged,
  ]);
  const reasons = results.flatMap(({ environment, plannedAllBecause }) =>
    plannedAllBecause === undefined ? [] : [`Every stack of ${environment} was planned: ${plannedAllBecause}`],
  );
  return [
    ...(rows.length > 0
      ? ["", "| environment | stack | add | change | replace | destroy | |", "|---|---|--:|--:|--:|--:|---|", ...rows]
      : []),
    ...(same.length > 0 ? ["", `No changes: ${plain(same.sort().join(", "))}.`] : []),
    ...reasons.flatMap((reason) => ["", plain(reason)]),
    "",
  ];
}

function errorLines(results: readonly ReviewResult[]): string[] {
  const errors = results.flatMap(({ environment, error, stacks, leftBehind = [] }) => [
    ...leftBehind.map(({ stack, words }) => [stack, words] as const),
    ...(error === undefined ? [] : [[environment, error] as const]),
    ...stacks.flatMap(({ plan }) => (plan.error === undefined ? [] : [[plan.stack, plan.error] as const])),
  ]);
  return errors.flatMap(([name, error]) => {
    const lines = error.split("\n").slice(0, maxErrorLines);
    return ["", `**${plain(name)}**`, "", ...fenced(lines), ""];
  });
}

function footLines(results: readonly ReviewResult[]): string[] {
  const [first] = results;
  if (first === undefined) return [];
  return [
    "",
    `Planned for ${first.head.slice(0, 12)} merged into ${first.base.slice(0, 12)}, run ${plain(first.run.id)}.${first.run.attempt > 1 ? ` Attempt ${first.run.attempt}.` : ""}`,
    "",
  ];
}

function leftOutLines(leftOut: number, summaryUrl: string | undefined): string[] {
  if (leftOut === 0) return [];
  const where =
    summaryUrl === undefined ? "The job's summary has them." : `[The job's summary](${summaryUrl}) has them.`;
  return [`${counted(leftOut, "change")} did not fit here. ${where}`];
}

/** Hundreds of settings or errors: they are cut between lines, and the resources are left to the summary. */
function cutToSize(
  head: string,
  foot: string,
  maxCharacters: number,
  stacks: readonly ReviewedStack[],
  summaryUrl: string | undefined,
): ReviewText {
  const leftOut = stacks.reduce(
    (total, { plan }) => total + plan.changes.resources.length + plan.changes.outputs.length,
    0,
  );
  const rest = leftOutLines(Math.max(1, leftOut), summaryUrl).join("\n");
  const room = maxCharacters - foot.length - rest.length - 20;
  const cut = head.slice(0, Math.max(0, head.lastIndexOf("\n", room)));
  const fences = cut.match(/^`{3,}/gm) ?? [];
  const open = fences.length % 2 === 1 ? `\n${fences.at(-1)}` : "";
  return { text: [`${cut}${open}`, "", rest, foot].join("\n"), leftOut };
}
