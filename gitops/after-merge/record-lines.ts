import { plain } from "../comment/markdown";
import type { ApplyRecord } from "../record/apply-record";

type StackRecord = ApplyRecord["stacks"][number];

/** What became of each stack, a line each, in mark-up. Reasons and counts are in it; values and Terraform's errors are not. */
export const recordLines = ({ stacks }: Pick<ApplyRecord, "stacks">): string[] =>
  stacks.map((record) => `- ${plain(record.stack)}: ${plain(wordsOf(record))}`);

/** One line on the whole, for a status. */
export const outcomeWords: Readonly<Record<ApplyRecord["outcome"], string>> = {
  applied: "applied as it was reviewed",
  nothing: "nothing to apply",
  failed: "**not wholly applied**",
  refused: "**not applied as it was reviewed**",
};

function wordsOf({ outcome, plan, why, counts }: StackRecord): string {
  const { add, change, destroy } = counts;
  const because = why === undefined ? "" : `: ${why}`;
  switch (outcome) {
    case "applied": {
      const anew = plan === "anew" ? `; planned anew with the same changes${because}` : "";
      return `${add} added, ${change} changed, ${destroy} destroyed${anew}`;
    }
    case "nothing":
      return `nothing to do${because}`;
    case "refused":
      return `refused${because}`;
    case "failed":
      return "failed; the run's log says why";
    default:
      return `left untouched${because}`;
  }
}
