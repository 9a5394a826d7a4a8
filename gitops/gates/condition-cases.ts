/** Operators of which one value of a list is enough (IAM User Guide, "Evaluation logic for multiple context keys or values"). */
const anyOf: ReadonlySet<string> = new Set(["ArnEquals", "ArnLike", "StringEquals", "StringLike"]);

type Condition = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * The cases in which a condition holds, each with one value where one of a list is enough, so that a list that grows or shrinks is told
 * from another one. A statement without a condition has one case, which is undefined.
 */
export function conditionCases(condition: unknown): unknown[] {
  if (typeof condition !== "object" || condition === null) return [condition];
  const tests = Object.entries(condition as Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => ({
      operator,
      key,
      values: anyOf.has(operator) && Array.isArray(values) ? values : [values],
    })),
  );
  return tests.reduce<Condition[]>(
    (cases, { operator, key, values }) =>
      cases.flatMap((one) =>
        values.map((value) => ({ ...one, [operator]: { ...one[operator], [key]: value as unknown } })),
      ),
    [{}],
  );
}
