import type { Request, Statement } from "../../../gitops/access/simulate";

/** Who asks, by the keys that SageMaker gives a person in Studio. */
const asking = { "sagemaker:DomainId": "d-1", "sagemaker:UserProfileName": "ada" };

/** A value that fits a pattern of IAM. */
const fitting = (pattern: string): string =>
  Object.entries(asking)
    .reduce((text, [key, value]) => text.replaceAll(`$\{${key}}`, value), pattern)
    .replaceAll(/[*?]/g, "x");

const list = (value: string | readonly string[] | undefined) => (typeof value === "string" ? [value] : (value ?? []));

/** Values that let a statement's conditions hold. @throws Error for an operator that grants have not had so far */
function keysOf({ Condition = {} }: Statement): NonNullable<Request["keys"]> {
  const keys: Record<string, string> = { ...asking };
  for (const [operator, tests] of Object.entries(Condition)) {
    for (const [key, wanted] of Object.entries(tests)) {
      if (operator === "Null") keys[key] = "something";
      else if (/^(StringEquals|StringLike|ArnLike|Bool)$/.test(operator)) keys[key] = fitting(list(wanted)[0] ?? "");
      else throw new Error(`${operator} is none that is known here`);
    }
  }
  return keys;
}

/** A request for each action and each place that a policy grants, with the keys that the grant demands. */
export const grantedRequests = (statements: readonly Statement[]): Request[] =>
  statements
    .filter(({ Effect }) => Effect === "Allow")
    .flatMap((statement) =>
      list(statement.Action).flatMap((action) =>
        list(statement.Resource).map((resource) => ({
          action,
          resource: resource === "*" ? resource : fitting(resource),
          keys: keysOf(statement),
        })),
      ),
    );
