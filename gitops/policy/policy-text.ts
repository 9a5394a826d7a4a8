import type { Judgement } from "./judge";
import { skipsFile } from "./skips";

/** For people: what is wrong and what to do, and what it comes to. */
export function policyText(passed: number, { offences, skipped, unused }: Judgement): string {
  const mend = `mend it where stacks/ or modules/ make it; if it is meant, say why in ${skipsFile}`;
  return [
    ...offences.flatMap(({ stack, path, address, rule, wants, expired }) => [
      `${stack}: ${path} (${address}) breaks ${rule}`,
      `    wants: ${wants}`,
      `    to do: ${expired ? `${expired.place} excused it until ${expired.until}; mend it, or say anew why it is meant` : mend}`,
    ]),
    ...unused.map(
      ({ place, rule, resource }) =>
        `${place}: expected that something at ${resource} breaks ${rule}, but nothing does any more. Remove the skip.`,
    ),
    `${passed} times a rule is kept, ${offences.length} times broken, ${skipped} times broken for a reason in ${skipsFile}.`,
  ].join("\n");
}
