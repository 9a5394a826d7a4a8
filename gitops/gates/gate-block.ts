import { z } from "zod";
import type { GateState } from "./gate-check";

/** The first line of a review, for either state of its gate. */
export interface GateWords {
  readonly held: string;
  readonly open: string;
}

const end = "<!-- /darkroom:gate -->";
const block = /<!-- darkroom:gate (\{.*\}) -->\n[\s\S]*?\n<!-- \/darkroom:gate -->/;
const schema = z.strictObject({ held: z.string(), open: z.string() });

/** What is said above the changes that are held: one of the two, for whether a code owner has let them pass. */
const introductions = {
  held: "> A code owner lets these pass with the label that the check `gate` names.",
  open: "> A code owner let these pass.",
} as const;

type Stand = keyof GateWords;

export const gateIntroduction = (stand: Stand): string => introductions[stand];

/**
 * The first lines of a comment about changes that are held. Both forms travel along, unseen, so that a label can turn one into
 * the other without the plan.
 */
export function gateBlock(words: GateWords, state: GateState): string {
  // As text, for what looks random is taken out of every comment; no bracket of it may end the HTML comment.
  const kept = JSON.stringify(words).replaceAll(">", "\\u003e");
  return [`<!-- darkroom:gate ${kept} -->`, `## ${words[standOf(state)]}`, "", `${state.title}.`, end].join("\n");
}

/** The comment's text with what the gate says now; undefined when it holds no such lines. */
export function withGate(text: string, state: GateState): string | undefined {
  const found = block.exec(text);
  const words = found && parsed(found[1] ?? "");
  if (!found || !words) return undefined;
  const [before, after] = [text.slice(0, found.index), text.slice(found.index + found[0].length)];
  const other = introductions[state.open ? "held" : "open"];
  // Of the words below only the introduction, which stands in a line of its own, speaks of the gate.
  const rest = after.replace(`\n${other}\n`, `\n${introductions[standOf(state)]}\n`);
  return `${before}${gateBlock(words, state)}${rest}`;
}

const standOf = ({ open }: GateState): Stand => (open ? "open" : "held");

function parsed(kept: string): GateWords | undefined {
  try {
    return schema.parse(JSON.parse(kept));
  } catch {
    return undefined;
  }
}
