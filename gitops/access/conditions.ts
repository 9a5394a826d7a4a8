import { type Keys, like, UnknownAccess } from "./pattern";

/** Operator → key → value or values. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** Whether one value of a request fits one value of a policy. */
type Test = (wanted: string, given: string, keys: Keys) => boolean;

const number = (text: string): number => {
  if (!/^-?\d+(\.\d+)?$/.test(text)) throw new UnknownAccess(`${text} is no number`);
  return Number(text);
};
const literal: Test = (wanted, given, keys) => {
  if (wanted.includes("${")) throw new UnknownAccess(`the variable in ${wanted} is none that is known here`);
  // Only what Terraform makes is compared as a pattern is: it says so where it can't be known.
  return wanted === given || (wanted.includes("⟨") && like(wanted, given, keys) === true);
};
const glob: Test = (wanted, given, keys) => like(wanted, given, keys) === true;
/** The parts of an ARN are compared one by one: no wildcard reaches over a colon but in the last. */
const arn: Test = (wanted, given, keys) => {
  if (wanted.includes("⟨")) return glob(wanted, given, keys);
  const parts = (text: string) => text.replace(/\$\{[^}]*\}/g, (name) => name.replaceAll(":", "\0")).split(":");
  const shape = (text: string) => {
    const all = parts(text).map((part) => part.replaceAll("\0", ":"));
    return [...all.slice(0, 5), all.slice(5).join(":")];
  };
  const [one, other] = [shape(wanted), shape(given)];
  return one.length === other.length && one.every((part, index) => glob(part, other[index] as string, keys));
};
const ordered =
  (holds: (given: number, wanted: number) => boolean): Test =>
  (wanted, given) =>
    holds(number(given), number(wanted));

/** The operators that can be judged, and whether each is the opposite of its test (IAM User Guide, "Condition operators"). */
const operators: Readonly<Record<string, readonly [test: Test, negated: boolean]>> = {
  StringEquals: [literal, false],
  StringNotEquals: [literal, true],
  StringLike: [glob, false],
  StringNotLike: [glob, true],
  ArnEquals: [arn, false],
  ArnLike: [arn, false],
  ArnNotEquals: [arn, true],
  ArnNotLike: [arn, true],
  Bool: [(wanted, given) => wanted.toLowerCase() === given.toLowerCase(), false],
  NumericEquals: [ordered((given, wanted) => given === wanted), false],
  NumericNotEquals: [ordered((given, wanted) => given === wanted), true],
  NumericLessThan: [ordered((given, wanted) => given < wanted), false],
  NumericLessThanEquals: [ordered((given, wanted) => given <= wanted), false],
  NumericGreaterThan: [ordered((given, wanted) => given > wanted), false],
  NumericGreaterThanEquals: [ordered((given, wanted) => given >= wanted), false],
};

const list = (value: string | readonly string[]): readonly string[] => (typeof value === "string" ? [value] : value);

/**
 * Whether all conditions of a statement hold for a request.
 * @throws UnknownAccess for an operator that is none of the above.
 */
export function holds(conditions: Conditions, keys: Keys): boolean {
  return Object.entries(conditions).every(([operator, tests]) =>
    Object.entries(tests).every(([key, wanted]) =>
      holdsFor(operator, key, list(wanted), keys.get(key.toLowerCase()) ?? [], keys),
    ),
  );
}

function holdsFor(
  operator: string,
  key: string,
  wanted: readonly string[],
  given: readonly string[],
  keys: Keys,
): boolean {
  if (operator === "Null") return wanted.includes(String(given.length === 0));
  const [, set, name = "", ifExists] = /^(?:(ForAnyValue|ForAllValues):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  const known = Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (known === undefined) throw new UnknownAccess(`the condition operator ${operator} is none that is known here`);
  const [test, negated] = known;
  const fits = (value: string) => wanted.some((one) => test(one, value, keys)) !== negated;
  if (set === "ForAllValues") return given.every(fits);
  if (given.length === 0) return set === undefined && (negated || ifExists !== undefined);
  if (set === "ForAnyValue") return given.some(fits);
  if (given.length > 1) throw new UnknownAccess(`${operator} takes one value of ${key}, not ${given.length}`);
  return fits(given[0] as string);
}
