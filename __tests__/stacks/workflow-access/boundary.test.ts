import { decide, statementsOf } from "../../support/iam/decide";
import { bucket, policiesOf, prod, stateKey } from "./access";

const boundary = statementsOf(policiesOf(prod.bootstrap, "darkroom-prod-boundary"));
const everything = statementsOf([
  JSON.stringify({ Statement: [{ Sid: "All", Effect: "Allow", Action: ["*"], Resource: ["*"] }] }),
]);
/** A role may do what both its rights and its boundary allow. */
const may = (action: string, resource: string, rights = everything) =>
  [rights, boundary].every((statements) => decide(statements, { action, resource }) === "allowed");

it("is on every role of every stack but the two of the workflows", () => {
  const arn = "arn:aws:iam::333333333333:policy/darkroom-prod-boundary";
  for (const [layer, stack] of Object.entries(prod)) {
    const roles = Object.values(stack.resource.aws_iam_role ?? {});
    const wanted = layer === "bootstrap" ? undefined : arn;
    expect(roles.map(({ permissions_boundary }) => permissions_boundary)).toEqual(roles.map(() => wanted));
  }
});

it.each([
  ["iam:CreateUser", "*"],
  ["iam:PutRolePolicy", "arn:aws:iam::333333333333:role/darkroom-prod-stream"],
  ["sts:AssumeRole", "arn:aws:iam::333333333333:role/darkroom-prod-apply"],
  ["organizations:ListAccounts", "*"],
  ["s3:GetObject", bucket("state", "/data.tfstate")],
  ["s3:PutBucketPolicy", bucket("plans")],
  ["kms:Decrypt", stateKey],
])("keeps a role with all rights from %s on %s", (action, at) => {
  expect(may(action, at)).toBe(false);
});

/** A request that a statement's plain conditions let through, as a role is passed to one service. */
const conditionsMet = (condition: (typeof boundary)[number]["Condition"]): Record<string, string> =>
  Object.fromEntries(
    Object.entries(condition?.StringEquals ?? {}).map(([key, value]) => [key, String([value].flat()[0])]),
  );

it("cuts nothing off what the pipeline's own roles are granted", () => {
  const cut = Object.entries(prod).flatMap(([layer, stack]) =>
    Object.entries(stack.resource.aws_iam_role_policy ?? {}).flatMap(([id, { policy }]) =>
      statementsOf([String(policy).replaceAll(/\$\{[^}]+\}/g, "expression")])
        .filter(({ Effect }) => Effect === "Allow")
        .flatMap(({ Action, Condition }) => Action.map((action) => ({ action, keys: conditionsMet(Condition) })))
        .filter((request) => decide(boundary, { ...request, resource: "arn:aws:any" }) !== "allowed")
        .map(({ action }) => action)
        .map((action) => `${layer} ${id}: ${action}`),
    ),
  );
  expect(cut).toEqual([]);
});

it("fits with all other policies into what IAM takes: 6144 characters each, ten a role", () => {
  const policies = Object.values(prod.bootstrap.resource.aws_iam_policy ?? {});
  const long = policies.filter(({ policy }) => String(policy).length > 6144).map(({ name }) => name);
  expect(long).toEqual([]);
  for (const role of ["plan", "apply"]) {
    expect(policiesOf(prod.bootstrap, `darkroom-prod-${role}-`).length).toBeLessThanOrEqual(10);
  }
});
