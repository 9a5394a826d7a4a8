import { UnknownAccess } from "./pattern";
import type { Statement } from "./simulate";

type Attributes = Readonly<Record<string, unknown>>;
/** A synthesized stack, as much of it as tells rights. */
export interface RightsStack {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
}

/** The statements of a role and of its boundary. */
export interface RolePolicies {
  readonly policies: readonly Statement[];
  readonly boundary: readonly Statement[] | undefined;
}

/**
 * What the synthesized stacks of an environment say that a role may do.
 * @throws UnknownAccess when the role is not there, or has rights that stand elsewhere.
 */
export function rolePolicies(stacks: readonly RightsStack[], roleName: string): RolePolicies {
  for (const stack of stacks) {
    const found = Object.entries(stack.resource?.aws_iam_role ?? {}).find(([, { name }]) => name === roleName);
    if (!found) continue;
    const [id, { permissions_boundary: boundaryArn }] = found;
    const ofRole = (type: string) =>
      Object.values(stack.resource?.[type] ?? {}).filter(
        ({ role }) => role === `\${aws_iam_role.${id}.name}` || role === roleName,
      );
    if (ofRole("aws_iam_role_policy_attachment").length > 0) {
      throw new UnknownAccess(`${roleName} has a policy that stands elsewhere`);
    }
    const policies = ofRole("aws_iam_role_policy").flatMap(({ policy }) => statementsOf(String(policy), stack));
    return { policies, boundary: boundaryArn === undefined ? undefined : boundaryOf(stacks, String(boundaryArn)) };
  }
  throw new UnknownAccess(`no stack makes the role ${roleName}`);
}

function boundaryOf(stacks: readonly RightsStack[], arn: string): Statement[] {
  for (const stack of stacks) {
    const policy = Object.values(stack.resource?.aws_iam_policy ?? {}).find(({ name }) =>
      arn.endsWith(`:policy/${name}`),
    );
    if (policy) return statementsOf(String(policy.policy), stack);
  }
  throw new UnknownAccess(`no stack makes the permissions boundary ${arn}`);
}

/** Terraform's references to buckets are told by their names; others are marked, and known only once they are made. */
function statementsOf(policy: string, { resource }: RightsStack): Statement[] {
  const text = policy.replace(/\$(\$?)\{([^}]*)\}/g, (_, own: string, inner: string) => {
    if (own) return `\${${inner}}`;
    const bucket = /^aws_s3_bucket\.([\w-]+)\.arn$/.exec(inner)?.[1];
    const name = bucket && resource?.aws_s3_bucket?.[bucket]?.bucket;
    return typeof name === "string" ? `arn:aws:s3:::${name}` : `⟨${inner.replaceAll(/\\?"/g, "'")}⟩`;
  });
  const { Statement: statements } = JSON.parse(text) as { readonly Statement: Statement | Statement[] };
  return Array.isArray(statements) ? statements : [statements];
}
