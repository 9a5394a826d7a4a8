/** One statement of an IAM policy. `resources` and `notResources` are left out in trust policies only. */
export interface PolicyStatement {
  /** Says what the statement is for; letters and digits (IAM User Guide, "Sid"). */
  readonly sid: string;
  readonly effect?: "Allow" | "Deny";
  readonly actions: readonly string[];
  readonly resources?: readonly string[];
  /** Everything but these; for refusals only. */
  readonly notResources?: readonly string[];
  readonly principals?: Readonly<Record<string, string | readonly string[]>> | "*";
  /** Operator → key → value or values. */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** An IAM policy document as JSON, with keys in a fixed order so that equal settings give equal bytes. */
export function policyDocument(statements: readonly PolicyStatement[]): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map(
      ({ sid, effect = "Allow", principals, actions, resources, notResources, conditions }) => ({
        Sid: sid,
        Effect: effect,
        ...(principals && { Principal: principals }),
        Action: actions,
        ...(resources && { Resource: resources }),
        ...(notResources && { NotResource: notResources }),
        ...(conditions && { Condition: conditions }),
      }),
    ),
  });
}
