import { type Conditions, holds, like } from "./matches";

interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition?: Conditions;
}

/** Something that a role wants to do. */
export interface Request {
  readonly action: string;
  readonly resource: string;
  /** Condition keys that the request carries. */
  readonly keys?: Readonly<Record<string, string>>;
}

/** Statements of policies given as JSON. */
export const statementsOf = (policies: readonly string[]): Statement[] =>
  policies.flatMap((policy) => (JSON.parse(policy) as { Statement: Statement[] }).Statement);

function applies(statement: Statement, { action, resource, keys = {} }: Request): boolean {
  const { Action, Resource, NotResource, Condition } = statement;
  const named = Resource ? Resource.some((pattern) => like(pattern, resource)) : true;
  const excepted = NotResource?.some((pattern) => like(pattern, resource)) ?? false;
  return Action.some((pattern) => like(pattern, action, true)) && named && !excepted && holds(Condition ?? {}, keys);
}

/**
 * What IAM answers to a request under the policies of one role: a refusal goes before all grants, and what nothing grants is
 * refused (IAM User Guide, "Policy evaluation logic").
 */
export function decide(statements: readonly Statement[], request: Request): "allowed" | "refused" | "not granted" {
  const applying = statements.filter((statement) => applies(statement, request));
  if (applying.some(({ Effect }) => Effect === "Deny")) return "refused";
  return applying.length > 0 ? "allowed" : "not granted";
}
