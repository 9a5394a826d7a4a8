import { mergeReads } from "../../modules/merge-reads";
import type { PolicyStatement } from "../../modules/policy";

const read = (sid: string, ...resources: string[]): PolicyStatement => ({ sid, actions: ["s3:GetObject"], resources });
const list: PolicyStatement = { sid: "ListA", actions: ["s3:ListBucket"], resources: ["one"] };

it("says once which objects may be read, and keeps all else as it is, where it is", () => {
  expect(
    mergeReads([list, read("ReadA", "one/a/*"), list, read("ReadB", "one/b/*", "two/*"), read("ReadC", "c")]),
  ).toEqual([list, read("ReadAAndBAndC", "one/a/*", "one/b/*", "two/*", "c"), list]);
  expect(mergeReads([list])).toEqual([list]);
  expect(mergeReads([read("ReadA", "a")])).toEqual([read("ReadA", "a")]);
});

it.each<[string, Partial<PolicyStatement>]>([
  ["that refuses", { effect: "Deny" }],
  ["with a further action", { actions: ["s3:GetObject", "s3:PutObject"] }],
  ["of everything but", { resources: undefined as never, notResources: ["a"] }],
  ["with a condition", { conditions: { Bool: { a: "true" } } }],
])("leaves a statement %s alone", (_, changes) => {
  const statements = [read("ReadA", "one/a/*"), { ...read("ReadB", "one/b/*"), ...changes }];
  expect(mergeReads(statements)).toEqual(statements);
});
