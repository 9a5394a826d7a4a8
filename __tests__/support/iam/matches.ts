/** Whether a value fits a pattern of IAM, in which `*` is any run of characters and `?` any one. */
export function like(pattern: string, value: string, ignoreCase = false): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`, ignoreCase ? "is" : "s").test(value);
}

type Operator = (wanted: readonly string[], given: string | undefined) => boolean;

const equal: Operator = (wanted, given) => given !== undefined && wanted.includes(given);
const alike: Operator = (wanted, given) => given !== undefined && wanted.some((pattern) => like(pattern, given));

/** The operators that the policies use (IAM User Guide, "Condition operators"); one that is not here is a fault of the test. */
const operators: Readonly<Record<string, Operator>> = {
  StringEquals: equal,
  StringNotEquals: (wanted, given) => !equal(wanted, given),
  StringLike: alike,
  ArnLike: alike,
  ArnEquals: alike,
  // What begins with "not" also holds for a key that is missing.
  ArnNotEquals: (wanted, given) => !alike(wanted, given),
  ArnNotLike: (wanted, given) => !alike(wanted, given),
  // Of no value, none can be any.
  "ForAnyValue:StringEquals": equal,
  "ForAnyValue:StringNotEquals": (wanted, given) => given !== undefined && !equal(wanted, given),
  "ForAnyValue:StringNotLike": (wanted, given) => given !== undefined && !alike(wanted, given),
  // "IfExists" also holds for a key that is missing.
  NumericGreaterThanIfExists: ([wanted], given) => given === undefined || Number(given) > Number(wanted),
  Bool: equal,
  // True when the key is missing, as "true" asks for.
  Null: ([wanted], given) => String(given === undefined) === wanted,
};

export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** Whether all conditions of a statement hold for a request's keys. */
export function holds(conditions: Conditions, keys: Readonly<Record<string, string>>): boolean {
  return Object.entries(conditions).every(([name, tests]) => {
    const operator = operators[name];
    if (!operator) throw new Error(`The evaluator knows no operator ${name}.`);
    return Object.entries(tests).every(([key, wanted]) =>
      operator(typeof wanted === "string" ? [wanted] : wanted, keys[key]),
    );
  });
}
