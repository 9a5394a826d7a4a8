import { conditionCases } from "./condition-cases";

type Statement = Readonly<Record<string, unknown>>;

/**
 * What a policy document grants or forbids, one entry a combination, so that two documents can be compared however
 * they are written (IAM User Guide, "Grammar of the IAM JSON policy language").
 */
export interface PolicyRights {
  readonly allowed: ReadonlySet<string>;
  readonly denied: ReadonlySet<string>;
}

/** @returns undefined when the text is no policy document. */
export function policyRights(text: unknown): PolicyRights | undefined {
  const statements = statementsOf(text);
  if (statements === undefined) return undefined;
  const of = (effect: string) => new Set(statements.filter(({ Effect }) => Effect === effect).flatMap(combinations));
  return { allowed: of("Allow"), denied: of("Deny") };
}

/** What `after` grants and `before` did not: new Allows, and Denies that are gone. Empty when no right is wider. */
export function widened(before: PolicyRights, after: PolicyRights): string[] {
  const added = [...after.allowed].filter((right) => !before.allowed.has(right));
  const lifted = [...before.denied]
    .filter((right) => !after.denied.has(right))
    .map((right) => `no longer denied: ${right}`);
  return [...added, ...lifted];
}

function statementsOf(text: unknown): Statement[] | undefined {
  if (typeof text !== "string") return undefined;
  try {
    const { Statement } = JSON.parse(text) as { readonly Statement?: unknown };
    if (Statement === undefined) return undefined;
    return (Array.isArray(Statement) ? Statement : [Statement]) as Statement[];
  } catch {
    return undefined;
  }
}

/** A statement as `who may do what on which`, every list taken apart; each case of its condition belongs to each. */
function combinations(statement: Statement): string[] {
  const conditions = conditionCases(statement.Condition).map((one) =>
    one === undefined ? "" : ` if ${canonical(one)}`,
  );
  const actions = parts(statement, "Action");
  const resources = parts(statement, "Resource");
  return principals(statement).flatMap((who) =>
    actions.flatMap((action) =>
      resources.flatMap((resource) => conditions.map((condition) => `${who}${action}${resource}${condition}`)),
    ),
  );
}

/** `Action` or `NotAction`, `Resource` or `NotResource`; trust policies have no resource. */
function parts(statement: Statement, name: "Action" | "Resource"): string[] {
  const word = name === "Resource" ? " on " : "";
  const plain = list(statement[name]).map((value) => `${word}${value}`);
  // Taking something out of a Not… list widens it, so that the list counts as a whole.
  const negated = statement[`Not${name}`];
  const all = negated === undefined ? [] : [`${word}all but ${list(negated).toSorted().join(", ")}`];
  const found = [...plain, ...all];
  return found.length > 0 ? found : [""];
}

function principals({ Principal, NotPrincipal }: Statement): string[] {
  if (Principal === undefined && NotPrincipal === undefined) return [""];
  const named = typeof Principal === "object" && Principal !== null ? Object.entries(Principal) : [["", Principal]];
  const found =
    Principal === undefined
      ? []
      : named.flatMap(([kind, value]) => list(value).map((who) => `${kind ? `${kind} ` : ""}${who}: `));
  return NotPrincipal === undefined ? found : [...found, `all but ${canonical(NotPrincipal)}: `];
}

const list = (value: unknown): string[] =>
  value === undefined ? [] : (Array.isArray(value) ? value : [value]).map((item) => String(item));

/** Equal conditions give equal text, whatever the order they are written in. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).toSorted().join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`);
  return `{${entries.toSorted().join(",")}}`;
}
