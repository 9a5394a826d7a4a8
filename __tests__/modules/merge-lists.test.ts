import { mergeLists } from "../../modules/merge-lists";
import type { PolicyStatement } from "../../modules/policy";

const list = (sid: string, bucket: string, prefix: string | string[]): PolicyStatement => ({
  sid,
  actions: ["s3:ListBucket"],
  resources: [bucket],
  conditions: { StringLike: { "s3:prefix": prefix } },
});
const read: PolicyStatement = { sid: "ReadA", actions: ["s3:GetObject"], resources: ["one/a/*"] };

it("says once which prefixes of a bucket may be listed, and keeps all else as it is, where it is", () => {
  expect(
    mergeLists([list("ListA", "one", "a/*"), read, list("ListB", "one", ["b/*", "c/*"]), list("ListD", "two", "d/*")]),
  ).toEqual([list("ListAAndB", "one", ["a/*", "b/*", "c/*"]), read, list("ListD", "two", "d/*")]);
});

it.each<[string, Partial<PolicyStatement>]>([
  ["that refuses", { effect: "Deny" }],
  ["with a further action", { actions: ["s3:ListBucket", "s3:GetObject"] }],
  ["with a further bucket", { resources: ["one", "two"] }],
  ["without a condition", { conditions: {} }],
  ["with a further condition", { conditions: { StringLike: { "s3:prefix": "b/*" }, Bool: { a: "true" } } }],
  ["by another condition", { conditions: { StringNotLike: { "s3:prefix": "b/*" } } }],
])("leaves a statement %s alone", (_, changes) => {
  const statements = [list("ListA", "one", "a/*"), { ...list("ListB", "one", "b/*"), ...changes }];
  expect(mergeLists(statements)).toEqual(statements);
});
