import { changesHash } from "../../../gitops/review/changes-hash";
import { parsePlan } from "../../../gitops/terraform/plan-json";

const resource = (address: string, change: object, more: object = {}) => ({
  address,
  mode: "managed",
  type: "aws_sqs_queue",
  change,
  ...more,
});
const update = (before: object, after: object, more: object = {}) => ({ actions: ["update"], before, after, ...more });
const hash = (resource_changes: object[], more: object = {}) =>
  changesHash(parsePlan(JSON.stringify({ format_version: "1.2", resource_changes, ...more })));

const a = resource("aws_sqs_queue.a", update({ name: "a", delay: 1 }, { name: "a", delay: 2 }));
const b = resource("aws_sqs_queue.b", { actions: ["create"], after: { name: "b" }, after_unknown: { arn: true } });

it("is the same for the same changes in another order of resources and keys", () => {
  const turned = resource("aws_sqs_queue.a", update({ delay: 1, name: "a" }, { delay: 2, name: "a" }));
  expect(hash([a, b])).toMatch(/^[0-9a-f]{64}$/);
  expect(hash([b, turned])).toBe(hash([a, b]));
});

it.each([
  ["another value of an update", resource("aws_sqs_queue.a", update({ name: "a", delay: 1 }, { name: "a", delay: 3 }))],
  ["another value before", resource("aws_sqs_queue.a", update({ name: "a", delay: 0 }, { name: "a", delay: 2 }))],
  ["another address", resource("aws_sqs_queue.c", a.change)],
  ["another action", resource("aws_sqs_queue.a", { ...a.change, actions: ["delete", "create"] })],
  ["the order of a replacement", resource("aws_sqs_queue.a", { ...a.change, actions: ["create", "delete"] })],
  ["a move", { ...a, previous_address: "aws_sqs_queue.old" }],
  ["an import", resource("aws_sqs_queue.a", { ...a.change, importing: { id: "x" } })],
])("tells %s apart", (_, other) => {
  expect(hash([other])).not.toBe(hash([a]));
});

it("tells values of an addition apart, and what is known from what is not", () => {
  const create = (after: object, unknown: object) => [
    resource("x.b", { actions: ["create"], after, after_unknown: unknown }),
  ];
  const base = hash(create({ name: "b" }, { arn: true }));
  expect(hash(create({ name: "c" }, { arn: true }))).not.toBe(base);
  expect(hash(create({ name: "b", arn: "arn:aws:sqs:x" }, {}))).not.toBe(base);
});

it("does not depend on a secret's value, but on its being one", () => {
  const secret = (value: string, mark: object) => [
    resource(
      "x.c",
      update({ password: "old" }, { password: value }, { before_sensitive: mark, after_sensitive: mark }),
    ),
  ];
  expect(hash(secret("one", { password: true }))).toBe(hash(secret("two", { password: true })));
  expect(hash(secret("one", {}))).not.toBe(hash(secret("two", {})));
  expect(hash(secret("one", { password: true }))).not.toBe(hash(secret("one", {})));
});

it("counts outputs, but neither data sources nor resources that stay nor drift", () => {
  const read = resource("data.x.y", { actions: ["read"], after: { a: 1 } }, { mode: "data" });
  const stays = resource("x.z", { actions: ["no-op"], before: { a: 1 }, after: { a: 1 } });
  const drift = { resource_drift: [resource("x.w", update({ a: 1 }, { a: 2 }))] };
  expect(hash([a, read, stays], drift)).toBe(hash([a]));
  const output = (after: string) => ({ output_changes: { url: { actions: ["update"], before: "x", after } } });
  expect(hash([a], output("y"))).not.toBe(hash([a]));
  expect(hash([a], output("y"))).not.toBe(hash([a], output("z")));
});

it("tells a list from a map with the same entries' values in another order", () => {
  const list = (values: string[]) => [resource("x.l", update({ l: [] }, { l: values }))];
  expect(hash(list(["1", "2"]))).not.toBe(hash(list(["2", "1"])));
});
