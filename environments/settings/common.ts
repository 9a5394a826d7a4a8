import * as z from "zod";

/** A whole number from `minimum` to `maximum`; the error names both ends. */
export function wholeNumber(minimum: number, maximum: number, unit: string) {
  const expected = `a whole number of ${unit} from ${minimum} to ${maximum}`;
  return z.int({ error: expected }).min(minimum, { error: expected }).max(maximum, { error: expected });
}

/** Text that matches `pattern`; the error (and the editor's, by way of the JSON Schema) says `expected`. */
export function text(pattern: RegExp, expected: string) {
  return z
    .string({ error: expected })
    .regex(pattern, { error: expected })
    .meta({ patternErrorMessage: `Expected ${expected}.` });
}

/** A list in which nothing occurs twice; `expected` says what it is a list of. */
export function listOf<Item extends z.ZodType<string>>(item: Item, expected: string) {
  return z
    .array(item, { error: expected })
    .superRefine((values, context) => {
      values.forEach((value, index) => {
        if (values.indexOf(value) === index) return;
        const message = "each entry of the list only once";
        context.addIssue({ code: "custom", message, path: [index], params: { advice: "Remove the repetition." } });
      });
    })
    .meta({ uniqueItems: true });
}
