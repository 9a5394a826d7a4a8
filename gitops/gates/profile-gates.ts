import type { Gate } from "../review/gate";
import type { RawResourceChange } from "../terraform/plan-json";

const roleOf = (attributes: unknown): string | undefined => {
  const { user_settings: [settings] = [] } = (attributes ?? {}) as {
    readonly user_settings?: readonly { readonly execution_role?: string }[];
  };
  return settings?.execution_role?.split("/").at(-1);
};

/** People who come to work with the rights of a role in Studio: new profiles, and profiles that change to another role. */
export function profileGates({ address, type, change }: RawResourceChange): Gate[] {
  if (type !== "aws_sagemaker_user_profile") return [];
  const gate = (words: string): Gate => ({ kind: "rights-widened", subject: address, words });
  const role = roleOf(change.after) ?? "a role that is not known yet";
  if (change.actions.includes("create")) return [gate(`It gives somebody the rights of ${role} in Studio.`)];
  if (!change.actions.includes("update") || roleOf(change.before) === roleOf(change.after)) return [];
  return [gate(`It gives somebody the rights of ${role} in Studio, in place of ${roleOf(change.before) ?? "none"}.`)];
}
