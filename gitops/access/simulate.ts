import { type Conditions, holds } from "./conditions";
import { type Keys, like, UnknownAccess } from "./pattern";

type Words = string | readonly string[];

/** A statement of an identity policy (IAM User Guide, "Grammar of the IAM JSON policy language"). */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action?: Words;
  readonly NotAction?: Words;
  readonly Resource?: Words;
  readonly NotResource?: Words;
  readonly Condition?: Conditions;
}

/** Something that somebody wants to do. */
export interface Request {
  /** `s3:GetObject` */
  readonly action: string;
  /** An ARN, or `*` for what has no resource. */
  readonly resource: string;
  readonly keys?: Readonly<Record<string, Words>>;
}

/** An answer and the statement that decides it. */
export interface Decision {
  readonly allowed: boolean;
  readonly because: string;
}

const elements = new Set(["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"]);
const list = (words: Words | undefined): readonly string[] =>
  words === undefined ? [] : typeof words === "string" ? [words] : words;

/**
 * What IAM answers under the policies of a role and its boundary: a refusal goes before all grants, what nothing grants is refused, and the
 * boundary has to grant it as well (IAM User Guide, "Policy evaluation logic"). Policies of buckets, keys and the organisation are not
 * looked at; they can only take away.
 * @param boundary - statements of the permissions boundary; undefined when the role has none.
 * @throws UnknownAccess for whatever can't be judged.
 */
export function simulate(
  policies: readonly Statement[],
  boundary: readonly Statement[] | undefined,
  request: Request,
): Decision {
  if (!/^[a-z0-9-]+:[A-Za-z0-9]+$/.test(request.action)) {
    throw new UnknownAccess(`expected an action as s3:GetObject, but got ${request.action}`);
  }
  if (request.resource !== "*" && !/^arn:[\w-]+:[\w-]+:[\w-]*:\d*:.+$|^⟨.*⟩$/.test(request.resource)) {
    throw new UnknownAccess(`expected an ARN or *, but got ${request.resource}`);
  }
  const keys: Keys = new Map(
    Object.entries(request.keys ?? {}).map(([key, values]) => [key.toLowerCase(), list(values)]),
  );
  const applying = (statements: readonly Statement[]) =>
    statements.filter((statement) => applies(statement, request, keys));
  const [own, bound] = [applying(policies), boundary && applying(boundary)];
  const refusal = [...own, ...(bound ?? [])].find(({ Effect }) => Effect === "Deny");
  if (refusal) return { allowed: false, because: `${refusal.Sid ?? "a statement"} refuses it` };
  const grant = own[0];
  if (!grant) return { allowed: false, because: "nothing grants it" };
  if (bound?.length === 0) return { allowed: false, because: "the permissions boundary does not let it through" };
  return { allowed: true, because: `${grant.Sid ?? "a statement"} grants it` };
}

function applies(statement: Statement, { action, resource }: Request, keys: Keys): boolean {
  const strange = Object.keys(statement).find((element) => !elements.has(element));
  if (strange) throw new UnknownAccess(`the policy element ${strange} is none that is known here`);
  const { Action, NotAction, Resource, NotResource, Condition, Effect } = statement;
  if (Effect !== "Allow" && Effect !== "Deny")
    throw new UnknownAccess(`an Effect of ${String(Effect)} is none that is known here`);
  const fits = (patterns: Words | undefined, value: string, ignoreCase: boolean) =>
    list(patterns).some((pattern) => {
      const found = like(pattern, value, keys, ignoreCase);
      // A refusal, or an exception, whose place is not known could be taken for one that does not apply.
      if (found === undefined && (Effect === "Deny" || patterns === NotResource)) {
        throw new UnknownAccess(`the request gives no value for the variable in ${pattern}`);
      }
      return found === true;
    });
  return (
    (NotAction === undefined ? fits(Action, action, true) : !fits(NotAction, action, true)) &&
    (NotResource === undefined ? fits(Resource, resource, false) : !fits(NotResource, resource, false)) &&
    holds(Condition ?? {}, keys)
  );
}
