import { destroyedWords } from "../removed/removal-gate";
import type { Gate } from "../review/gate";
import type { ReviewResult } from "../review/result";
import { gatesOfSettings } from "../settings-diff/setting-gates";
import { counted, listed } from "../settings-diff/words/words";

/** What a pull request comes to, for the first line of its comment and its checks. */
export interface Verdict {
  /** failed: not everything could be planned. held: a code owner has to let it pass. */
  readonly kind: "failed" | "held" | "changes" | "waits" | "nothing";
  readonly words: string;
  readonly gates: readonly Gate[];
}

/** @param cleared - whether a code owner has let the gates pass, for these very changes */
export function verdictOf(results: readonly ReviewResult[], cleared = false): Verdict {
  const stacks = results.flatMap((result) => result.stacks);
  const of = (outcome: string) => stacks.filter(({ plan }) => plan.outcome === outcome).map(({ plan }) => plan.stack);
  const gates = [
    ...results.flatMap(({ settings }) => gatesOfSettings(settings)),
    ...stacks.flatMap(({ plan }) => plan.gates),
  ];
  const broken = results.flatMap(({ environment, error }) => (error === undefined ? [] : [environment]));
  const failed = [...broken, ...of("failed")];
  if (failed.length > 0) {
    return { kind: "failed", gates, words: `Not ready: ${listed(failed)} could not be planned.` };
  }
  const left = results.flatMap(({ leftBehind = [] }) => leftBehind);
  if (left.length > 0) {
    const resources = left.reduce((total, each) => total + each.resources, 0);
    const stacks = listed(left.map(({ stack }) => stack));
    const words = `Not ready: ${stacks} ${left.length === 1 ? "is" : "are"} removed, but ${counted(resources, "resource")} would stay in AWS.`;
    return { kind: "failed", gates, words };
  }
  const changing = results.flatMap(({ environment, stacks: reviewed }) => {
    const { add, change, destroy, replace } = sum(reviewed.map(({ plan }) => plan.changes.counts));
    const changes = add + change + destroy + replace;
    const outputs = reviewed.some(({ plan }) => plan.outcome === "changes");
    if (changes > 0) return [`${counted(changes, "change")} in ${environment}`];
    return outputs ? [`outputs in ${environment}`] : [];
  });
  const waits = of("waits");
  const waiting =
    waits.length > 0
      ? ` ${listed(waits)} can be planned only after what ${waits.length === 1 ? "it depends" : "they depend"} on is applied.`
      : "";
  if (changing.length === 0 && waits.length === 0) {
    return { kind: "nothing", gates, words: "Nothing in AWS changes with this pull request." };
  }
  const removed = stacks
    .filter(({ because, plan }) => because === "removed" && plan.outcome === "changes")
    .map(({ plan }) => ` ${plan.stack} ${destroyedWords(plan.changes.counts)}`);
  const what = changing.length > 0 ? `Merging applies ${listed(changing)}.${removed.join("")}` : "";
  if (gates.length > 0 && !cleared) {
    const words = `Held until a code owner lets it pass: ${counted(gates.length, "change")} can lose data or widen rights. ${what}${waiting}`;
    return { kind: "held", gates, words };
  }
  return { kind: changing.length > 0 ? "changes" : "waits", gates, words: `${what}${waiting}`.trim() };
}

type Counts = ReviewResult["stacks"][number]["plan"]["changes"]["counts"];

export const sum = (counts: readonly Counts[]): Counts =>
  counts.reduce(
    (total, { add, change, destroy, replace }) => ({
      add: total.add + add,
      change: total.change + change,
      destroy: total.destroy + destroy,
      replace: total.replace + replace,
    }),
    { add: 0, change: 0, destroy: 0, replace: 0 },
  );
