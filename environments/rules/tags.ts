import { costTag } from "../cost-tag";
import { rule } from "./rule";

/**
 * AWS allows 50 tags a resource, keeps names that begin with "aws:" to itself, and IAM takes names that differ in case
 * for the same (Tagging AWS Resources User Guide, "Tag naming limits"; IAM User Guide, "Tags for IAM resources").
 * Ten are left for what Darkroom itself says of a resource, among them `owner` and, of analysts' things, `group`.
 */
const mostTags = 40;

export const tags = rule(["tags"], function* ({ tags }) {
  const names = Object.keys(tags);
  if (names.length > mostTags) {
    const expected = `at most ${mostTags} tags`;
    yield { path: ["tags"], atKey: true, expected, came: `got ${names.length}`, toDo: "Remove some." };
  }
  const seen = new Map([
    ["owner", "owner, which every resource has"],
    // Studio's spaces get the domain's tags and those of their person: which of two would count is not said.
    [costTag, `${costTag}, by which the costs of analysts are told apart`],
  ]);
  for (const name of names) {
    const plain = name.toLowerCase();
    const fault = { path: ["tags", name], atKey: true, came: `got ${JSON.stringify(name)} (key)` };
    if (plain.startsWith("aws:")) {
      yield {
        ...fault,
        expected: 'a name that does not begin with "aws:", which AWS keeps to itself',
        toDo: "Rename it.",
      };
    }
    const other = seen.get(plain);
    if (other) yield { ...fault, expected: `a name that differs from ${other}, in more than case`, toDo: "Remove it." };
    seen.set(plain, name);
  }
});
