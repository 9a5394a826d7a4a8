import { gatesOf } from "../../../gitops/gates/gates";
import { parsePlan } from "../../../gitops/terraform/plan-json";

const held = (type: string, change: object) =>
  gatesOf(
    parsePlan(
      JSON.stringify({
        format_version: "1.2",
        resource_changes: [{ address: `${type}.x`, mode: "managed", type, change }],
      }),
    ),
  ).map(({ kind, words }) => `${kind}: ${words}`);
const update = (before: object, after: object, after_unknown: object = {}) => ({
  ...{ actions: ["update"], before, after, after_unknown },
});
const [bounds, others] = ["arn:aws:iam::1:policy/bounds", "arn:aws:iam::1:policy/others"];

it.each([
  [{ permissions_boundary: null }, {}, `What it may do is no longer bounded by ${bounds}.`],
  [{}, {}, `What it may do is no longer bounded by ${bounds}.`],
  [{ permissions_boundary: others }, {}, `What it may do is bounded by ${others} instead of ${bounds}.`],
  [
    {},
    { permissions_boundary: true },
    `The boundary of what it may do becomes one known only when it is applied, instead of ${bounds}.`,
  ],
])("a role that loses its boundary is held: %j", (after, unknown, words) => {
  expect(held("aws_iam_role", update({ permissions_boundary: bounds }, after, unknown))).toEqual([
    `rights-widened: ${words}`,
  ]);
});

it("a role that keeps or gets a boundary is not held, nor is one that goes or is made", () => {
  const bounded = { permissions_boundary: bounds };
  expect(held("aws_iam_role", update(bounded, { ...bounded, tags: {} }))).toEqual([]);
  expect(held("aws_iam_role", update({}, bounded))).toEqual([]);
  expect(held("aws_iam_role", { actions: ["delete"], before: bounded, after: null })).toEqual([]);
  // The provider tells the list of a new role only when it is applied, as a whole.
  const made = { actions: ["create"], before: null, after: bounded, after_unknown: { managed_policy_arns: true } };
  expect(held("aws_iam_role", made)).toEqual([]);
});

it("a role that gets policies by their ARNs is held for each", () => {
  const change = update({ managed_policy_arns: [others] }, { managed_policy_arns: [others, bounds] });
  expect(held("aws_iam_role", change)).toEqual([`rights-widened: It gets the rights of ${bounds}.`]);
  expect(held("aws_iam_role", update({}, { managed_policy_arns: [] }, { managed_policy_arns: [true] }))).toEqual([
    "rights-widened: It gets the rights of a policy known only when it is applied.",
  ]);
  expect(
    held("aws_iam_role", update({ managed_policy_arns: [others, bounds] }, { managed_policy_arns: [bounds] })),
  ).toEqual([]);
});

it("whoever is added to those who have a policy is held, though nothing is made", () => {
  expect(held("aws_iam_policy_attachment", update({ roles: ["a"] }, { roles: ["a", "b"] }))).toEqual([
    "rights-widened: It gives somebody the rights of a policy or of a permission.",
  ]);
});
