import { redactAttribute } from "../redact/redact-attribute";
import type { Gate } from "../review/gate";
import { counted } from "../settings-diff/words/words";
import type { RawResourceChange } from "../terraform/plan-json";
import { policyRights, widened } from "./policy-rights";

/** Attributes that hold policy documents (terraform-provider-aws). */
const policyAttributes = ["policy", "assume_role_policy", "inline_policy", "access_policy", "resource_policy"] as const;
/** What gives somebody rights that stand elsewhere: a policy by its ARN, a group, what a group may get into. */
const attachments: ReadonlySet<string> = new Set([
  "aws_iam_role_policy_attachment",
  "aws_iam_user_policy_attachment",
  "aws_iam_group_policy_attachment",
  "aws_iam_policy_attachment",
  "aws_ssoadmin_managed_policy_attachment",
  "aws_ssoadmin_account_assignment",
  "aws_ssoadmin_application_assignment",
  "aws_identitystore_group_membership",
  "aws_lambda_permission",
]);

const shown = 5;
const empty = { allowed: new Set<string>(), denied: new Set<string>() };

/** Rights that a change of policies gives: new Allows and principals, Denies that go. What cannot be known yet counts. */
export function policyGates({ address, type, change }: RawResourceChange): Gate[] {
  if (!change.actions.some((action) => action === "create" || action === "update" || action === "delete")) return [];
  const gate = (words: string): Gate => ({ kind: "rights-widened", subject: address, words });
  if (attachments.has(type)) {
    // Some name all who get the policy in one list, which is changed in place.
    return change.actions.includes("create") || change.actions.includes("update")
      ? [gate("It gives somebody the rights of a policy or of a permission.")]
      : [];
  }
  const before = record(change.before);
  const after = record(change.after);
  const unknown = record(change.after_unknown);
  return policyAttributes.flatMap((name) => {
    if (unknown[name] === true)
      return [gate(`Its ${name} is known only when it is applied, so it may give new rights.`)];
    const [old, present] = [policyRights(before[name]) ?? empty, policyRights(after[name]) ?? empty];
    const rights = widened(old, present).map((right) => redactAttribute(name, right));
    if (rights.length === 0) return [];
    const rest = rights.length > shown ? ` and ${counted(rights.length - shown, "more right")}` : "";
    return [gate(`${name}: ${rights.slice(0, shown).join("; ")}${rest}.`)];
  });
}

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
