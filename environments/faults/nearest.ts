import { distance } from "fastest-levenshtein";

const plain = (word: string): string => word.toLowerCase().replace(/[-_ ]/g, "");

/** The candidate `word` was probably meant to be, if one is near enough: a third of its letters may differ, but two always. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const typed = plain(word);
  let best: { readonly candidate: string; readonly far: number } | undefined;
  for (const candidate of candidates) {
    const far = distance(typed, plain(candidate));
    if (far <= Math.max(2, Math.floor(candidate.length / 3)) && far < candidate.length && (!best || far < best.far)) {
      best = { candidate, far };
    }
  }
  return best?.candidate;
}
