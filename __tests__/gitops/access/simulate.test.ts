import { rolePolicies } from "../../../gitops/access/role-policies";
import { type Request, type Statement, simulate } from "../../../gitops/access/simulate";

const read: Request = { action: "s3:GetObject", resource: "arn:aws:s3:::b/a/1" };
const allow = (more: Partial<Statement> = {}): Statement => ({
  Sid: "Grant",
  Effect: "Allow",
  Action: ["s3:Get*"],
  Resource: ["arn:aws:s3:::b/a/*"],
  ...more,
});
const deny = (more: Partial<Statement> = {}): Statement => ({ ...allow({ Sid: "Refusal", ...more }), Effect: "Deny" });
const answer = (statements: Statement[], request: Partial<Request> = {}, boundary?: Statement[]) =>
  simulate(statements, boundary, { ...read, ...request }).because;
const on = (Condition: NonNullable<Statement["Condition"]>, keys: NonNullable<Request["keys"]>) =>
  simulate([allow({ Condition })], undefined, { ...read, keys }).allowed;

it("refusals go before grants, and what nothing grants is denied", () => {
  expect(answer([allow()])).toBe("Grant grants it");
  expect(answer([allow(), deny()])).toBe("Refusal refuses it");
  expect(answer([])).toBe("nothing grants it");
  expect(answer([allow()], { action: "s3:PutObject" })).toBe("nothing grants it");
  expect(answer([allow()], { resource: "arn:aws:s3:::b/b/1" })).toBe("nothing grants it");
});

it("the boundary has to grant as well, and may refuse", () => {
  expect(answer([allow()], {}, [allow({ Action: "s3:*", Resource: "*" })])).toBe("Grant grants it");
  expect(answer([allow()], {}, [])).toBe("the permissions boundary does not let it through");
  expect(answer([allow()], {}, [allow(), deny()])).toBe("Refusal refuses it");
});

it("actions are compared in any case, resources are not; exceptions are taken out", () => {
  expect(answer([allow({ Action: "S3:getobject" })])).toBe("Grant grants it");
  expect(answer([allow({ Resource: "arn:aws:s3:::B/*" })])).toBe("nothing grants it");
  expect(answer([{ Effect: "Allow", NotAction: "iam:*", NotResource: "arn:aws:s3:::c/*" }])).toBe(
    "a statement grants it",
  );
  expect(answer([{ Effect: "Allow", NotAction: "s3:*", Resource: "*" }])).toBe("nothing grants it");
  expect(answer([{ Effect: "Allow", Action: "*", NotResource: "arn:aws:s3:::b/*" }])).toBe("nothing grants it");
});

it.each([
  ["StringEquals", "a", "a", true],
  ["StringEquals", "a*", "ab", false],
  ["StringNotEquals", "a", "b", true],
  ["StringLike", "a*", "ab", true],
  ["StringNotLike", "a*", "ab", false],
  ["ArnLike", "arn:aws:iam::1:role/a-*", "arn:aws:iam::1:role/a-b", true],
  ["ArnLike", "arn:aws:*:role/x", "arn:aws:iam::1:role/x", false],
  ["ArnNotEquals", "arn:aws:kms:r:1:key/1", "arn:aws:kms:r:1:key/2", true],
  ["NumericGreaterThan", "10", "9", false],
  ["NumericGreaterThan", "9", "10", true],
  ["NumericLessThanEquals", "10", "10", true],
  ["Bool", "true", "True", true],
  ["Null", "true", "a", false],
  ["Null", "false", "a", true],
])("%s of %s holds for %s: %s", (operator, wanted, given, expected) => {
  expect(on({ [operator]: { "aws:Key": wanted } }, { "AWS:key": given })).toBe(expected);
});

it.each([
  ["StringEquals", false],
  ["StringNotEquals", true],
  ["StringEqualsIfExists", true],
  ["ArnNotLike", true],
  ["NumericGreaterThan", false],
  ["NumericGreaterThanIfExists", true],
  ["ForAnyValue:StringNotLike", false],
  ["ForAllValues:StringEquals", true],
])("%s of a key that the request leaves out: %s", (operator, expected) => {
  expect(on({ [operator]: { "aws:Key": "1" } }, {})).toBe(expected);
});

it("of several values any or all have to fit", () => {
  expect(on({ "ForAnyValue:StringNotLike": { k: ["a*", "b"] } }, { k: ["ab", "b"] })).toBe(false);
  expect(on({ "ForAnyValue:StringNotLike": { k: ["a*", "b"] } }, { k: ["ab", "c"] })).toBe(true);
  expect(on({ "ForAllValues:StringLike": { k: "a*" } }, { k: ["ab", "c"] })).toBe(false);
});

it("variables stand for the request's own values, without their wildcards", () => {
  const own = allow({ Resource: `arn:aws:s3:::b/${"$"}{aws:username}/*` });
  expect(answer([own], { keys: { "aws:username": "a" } })).toBe("Grant grants it");
  expect(answer([own], { keys: { "aws:username": "*" } })).toBe("nothing grants it");
  expect(answer([own])).toBe("nothing grants it");
  expect(() => answer([deny({ Resource: own.Resource as string })])).toThrow("gives no value for the variable");
});

it.each([
  [
    "an operator",
    [allow({ Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } })],
    {},
    "the condition operator IpAddress is none that is known here",
  ],
  [
    "an operator by a name of JavaScript's",
    [allow({ Condition: { constructor: { k: "1" } } })],
    {},
    "the condition operator constructor is none",
  ],
  [
    "an element",
    [{ ...allow(), Principal: "*" } as Statement],
    {},
    "the policy element Principal is none that is known here",
  ],
  ["an effect", [{ ...allow(), Effect: "allow" } as unknown as Statement], {}, "an Effect of allow is none"],
  [
    "several values of one",
    [allow({ Condition: { StringEquals: { k: "a" } } })],
    { keys: { k: ["a", "b"] } },
    "StringEquals takes one value of k, not 2",
  ],
  ["a number", [allow({ Condition: { NumericLessThan: { k: "5" } } })], { keys: { k: "much" } }, "much is no number"],
  ["a wildcard for an action", [allow()], { action: "s3:*" }, "expected an action as s3:GetObject, but got s3:*"],
  ["a resource", [allow()], { resource: "b/a/1" }, "expected an ARN or *, but got b/a/1"],
  ["what Terraform makes", [allow({ Resource: "⟨aws_kms_key.key.arn⟩" })], {}, "is known only once it is made"],
] as const)("%s that it does not know is an error, never a grant", (_, statements, request, message) => {
  expect(() => answer([...statements], request)).toThrow(message);
});

describe("rights of a role in the stacks", () => {
  const policy = JSON.stringify({ Statement: [allow({ Resource: "$".concat("{aws_s3_bucket.data.arn}/*") })] });
  const stack = {
    resource: {
      aws_s3_bucket: { data: { bucket: "b" } },
      aws_iam_role: { r: { name: "analysts" } },
      aws_iam_role_policy: { p: { role: "$".concat("{aws_iam_role.r.name}"), policy } },
    },
  };

  it("name buckets as they will be called", () => {
    expect(rolePolicies([stack], "analysts").policies[0]?.Resource).toBe("arn:aws:s3:::b/*");
  });

  it("are not told when the role is not there, has a policy from elsewhere or a boundary that nothing makes", () => {
    expect(() => rolePolicies([stack], "others")).toThrow("no stack makes the role others");
    const attached = { ...stack.resource, aws_iam_role_policy_attachment: { a: { role: "analysts" } } };
    expect(() => rolePolicies([{ resource: attached }], "analysts")).toThrow(
      "analysts has a policy that stands elsewhere",
    );
    const bounded = {
      ...stack.resource,
      aws_iam_role: { r: { name: "analysts", permissions_boundary: "arn:x:policy/b" } },
    };
    expect(() => rolePolicies([{ resource: bounded }], "analysts")).toThrow("no stack makes the permissions boundary");
  });
});
