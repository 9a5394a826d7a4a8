import type { Gate } from "../review/gate";
import type { RawResourceChange } from "../terraform/plan-json";

const types: ReadonlySet<string> = new Set(["aws_iam_role", "aws_iam_user"]);

/** What a role or user gets otherwise than by a document: policies by their ARNs, and a boundary that goes or is exchanged. */
export function roleGates({ address, type, change }: RawResourceChange): Gate[] {
  if (!types.has(type) || !change.actions.some((action) => action === "create" || action === "update")) return [];
  const [before, after, unknown] = [change.before, change.after, change.after_unknown].map(record);
  const gate = (words: string): Gate => ({ kind: "rights-widened", subject: address, words });
  const had = list(before?.managed_policy_arns);
  const added = list(after?.managed_policy_arns).filter((arn) => !had.includes(arn));
  const later = list(unknown?.managed_policy_arns).includes("true") ? ["a policy known only when it is applied"] : [];
  return [
    ...[...added, ...later].map((policy) => gate(`It gets the rights of ${policy}.`)),
    ...boundaryWords(before?.permissions_boundary, after?.permissions_boundary, unknown?.permissions_boundary).map(
      gate,
    ),
  ];
}

function boundaryWords(before: unknown, after: unknown, unknown: unknown): string[] {
  if (typeof before !== "string" || before === "" || after === before) return [];
  if (unknown === true)
    return [`The boundary of what it may do becomes one known only when it is applied, instead of ${before}.`];
  if (typeof after !== "string" || after === "") return [`What it may do is no longer bounded by ${before}.`];
  return [`What it may do is bounded by ${after} instead of ${before}.`];
}

const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
