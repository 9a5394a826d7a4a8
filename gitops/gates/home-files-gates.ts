import type { Gate } from "../review/gate";
import type { RawResourceChange } from "../terraform/plan-json";

const keepsHome = (attributes: unknown): boolean => {
  const { retention_policy: [policy] = [] } = (attributes ?? {}) as {
    readonly retention_policy?: readonly { readonly home_efs_file_system?: string }[];
  };
  // Without a word, AWS keeps it (SageMaker API reference, RetentionPolicy).
  return policy?.home_efs_file_system !== "Delete";
};

/** A Studio domain that would take people's home file system with it, and would not have before. */
export function homeFilesGates({ address, type, change }: RawResourceChange): Gate[] {
  if (type !== "aws_sagemaker_domain" || !change.actions.includes("update")) return [];
  if (!keepsHome(change.before) || keepsHome(change.after)) return [];
  return [
    {
      kind: "retention-shortened",
      subject: address,
      words: "When the domain goes, people's home file system goes with it.",
    },
  ];
}
