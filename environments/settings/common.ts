import { z } from "zod";

/** A whole number from `minimum` to `maximum`; the error names both ends and what came. */
export function wholeNumber(minimum: number, maximum: number, unit: string) {
  const expected = `a whole number of ${unit} from ${minimum} to ${maximum}`;
  return z.int({ error: expected }).min(minimum, { error: expected }).max(maximum, { error: expected });
}

/** Text that matches `pattern`; the error says `expected`. */
export function text(pattern: RegExp, expected: string) {
  return z.string({ error: expected }).regex(pattern, { error: expected });
}
