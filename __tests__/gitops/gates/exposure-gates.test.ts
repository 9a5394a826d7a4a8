import { gatesOf } from "../../../gitops/gates/gates";
import { parsePlan } from "../../../gitops/terraform/plan-json";

const held = (
  before: object | null,
  after: object | null,
  actions: readonly string[],
  type = "aws_elastic_beanstalk_environment",
) =>
  gatesOf(
    parsePlan(
      JSON.stringify({
        format_version: "1.2",
        resource_changes: [
          {
            ...{ address: `${type}.app`, mode: "managed" },
            ...{ type, change: { actions, before, after } },
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

const rule = "aws_vpc_security_group_ingress_rule";

it.each([
  [{ cidr_ipv4: "0.0.0.0/0" }],
  [{ cidr_ipv4: "0.0.0.0/1" }],
  [{ cidr_ipv4: "128.0.0.0/1" }],
  [{ cidr_ipv4: "16.0.0.0/7" }],
  [{ cidr_ipv6: "::/0" }],
  [{ cidr_ipv6: "2000::/3" }],
])("a rule that lets in %j is held: it is the internet, or much of it", (range) => {
  expect(held(null, range, ["create"], rule)).toEqual(exposed);
});

it.each([
  [{ cidr_ipv4: "10.0.0.0/8" }],
  [{ cidr_ipv4: "203.0.113.0/24" }],
  [{ cidr_ipv4: "10.20.30.40/32" }],
  [{ cidr_ipv6: "2001:db8::/32" }],
  [{ cidr_ipv6: "2001:db8::/56" }],
  [{ referenced_security_group_id: "sg-0" }],
])("a rule that lets in %j is not", (range) => {
  expect(held(null, range, ["create"], rule)).toEqual([]);
});
