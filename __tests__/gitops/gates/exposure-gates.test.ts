import { gatesOf } from "../../../gitops/gates/gates";
import { parsePlan } from "../../../gitops/terraform/plan-json";

const held = (before: object | null, after: object | null, actions: readonly string[]) =>
  gatesOf(
    parsePlan(
      JSON.stringify({
        format_version: "1.2",
        resource_changes: [
          {
            ...{ address: "aws_elastic_beanstalk_environment.app", mode: "managed" },
            ...{ type: "aws_elastic_beanstalk_environment", change: { actions, before, after } },
          },
        ],
      }),
    ),
  ).map(({ kind, words }) => `${kind}: ${words}`);
const app = (value?: string) => ({
  setting: [
    { namespace: "aws:elasticbeanstalk:environment", name: "LoadBalancerType", value: "application" },
    ...(value === undefined ? [] : [{ namespace: "aws:ec2:vpc", name: "ELBScheme", value }]),
  ],
});
const exposed = ["public-exposure: It can be reached from the internet."];

it.each([
  ["is made public", null, app("public"), ["create"]],
  ["is made without a word, which is public", null, app(), ["create"]],
  ["becomes public", app("internal"), app("public"), ["update"]],
  ["becomes public by leaving the word out", app("internal"), app(), ["update"]],
])("a web app that %s is held", (_, before, after, actions) => {
  expect(held(before, after, actions)).toEqual(exposed);
});

it.each([
  ["is internal", null, app("internal"), ["create"]],
  ["was public before", app("public"), { ...app("public"), tags: {} }, ["update"]],
  ["becomes internal", app("public"), app("internal"), ["update"]],
  ["goes", app("public"), null, ["delete"]],
])("a web app that %s is not", (_, before, after, actions) => {
  expect(held(before, after, actions)).toEqual([]);
});
