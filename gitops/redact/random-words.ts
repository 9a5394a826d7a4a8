import { secretMark } from "./secret-patterns";

/** Words of the alphabets in which keys are written; shorter ones are names. */
const candidate = /(?<![\w+/=-])[A-Za-z0-9+/_-]{32,}={0,2}(?![\w+/=-])/g;

/** Bits a character of a random base64 word of this length shows at the least; English and names stay below. */
const minimumBits = 4.2;

/** Hex digits alone are hashes and ids of things, with 4 bits at most, and stay. */
const hex = /^[0-9a-f]+$/i;

/** Shannon entropy of a word's characters, in bits a character. */
export function entropyOf(word: string): number {
  const counts = new Map<string, number>();
  for (const character of word) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / word.length) * Math.log2(count / word.length), 0);
}

/** Three of: lower case, upper case, digits; a path or a name made of words rarely mixes them. */
const isMixed = (word: string): boolean => [/[a-z]/, /[A-Z]/, /\d/].every((kind) => kind.test(word));

/** A key mixes them all over; names joined by slashes, underscores and hyphens fall apart into words. */
const hasMixedPart = (word: string): boolean => word.split(/[/_-]/).some((part) => part.length >= 10 && isMixed(part));

/** Takes out of a text the words that look as if drawn by lot: keys without a form of their own. */
export const withoutRandomWords = (text: string): string =>
  text.replace(candidate, (word) =>
    !hex.test(word) && hasMixedPart(word) && entropyOf(word) >= minimumBits ? secretMark : word,
  );
