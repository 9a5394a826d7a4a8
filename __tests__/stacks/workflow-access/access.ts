import { decide, type Request, statementsOf } from "../../support/iam/decide";
import { environmentWith, resource, type SynthesizedStack, synth } from "../../support/synth";

/** What the state key is called in place of Terraform's reference to it. */
export const stateKey = "arn:aws:kms:eu-central-1:333333333333:key/state";

export const prod = synth(environmentWith("prod"));

/** The policies with a name of this beginning, as they stand once Terraform knows the key. */
export const policiesOf = (stack: SynthesizedStack, beginning: string): string[] =>
  Object.values(stack.resource.aws_iam_policy ?? {})
    .filter(({ name }) => String(name).startsWith(beginning))
    .map(({ policy }) => String(policy).replaceAll(/\$\{[^}]+\}/g, stateKey));

/** Asks for an action of the plan or the apply role of prod. */
export function ask(role: "plan" | "apply", action: string, at: string, keys: Request["keys"] = {}): string {
  const statements = statementsOf(policiesOf(prod.bootstrap, `darkroom-prod-${role}-`));
  return decide(statements, { action, resource: at, keys });
}

export const bucket = (part: string, key = ""): string =>
  `arn:aws:s3:::darkroom-prod-333333333333-eu-central-1-${part}${key}`;

export const trustOf = (stack: SynthesizedStack, role: string): unknown =>
  JSON.parse(String(resource(stack, "aws_iam_role", role).assume_role_policy));
