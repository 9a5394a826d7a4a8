import { faultsOf } from "../edited";

const withTags = (...tags: string[]) => faultsOf([["  costCentre: test", tags.map((tag) => `  ${tag}`).join("\n")]]);
const many = (count: number) => Array.from({ length: count }, (_, index) => `tag${index}: x`);

it("takes 40 tags, as AWS has room for 50 and Darkroom adds its own", () => {
  expect(withTags(...many(40))).toEqual([]);
  expect(withTags(...many(41))).toEqual(["4:1 tags: expected at most 40 tags, but got 41. Remove some."]);
});

it.each(["aws:cost", "AWS:cost"])("leaves the name %s to AWS", (name) => {
  expect(withTags(`${name}: x`)).toEqual([
    `5:3 tags.${name}: expected a name that does not begin with "aws:", which AWS keeps to itself, but got "${name}" (key). Rename it.`,
  ]);
});

it("refuses names that differ only in case, as IAM takes them for the same", () => {
  expect(withTags("team: x", "Team: y")).toEqual([
    '6:3 tags.Team: expected a name that differs from team, in more than case, but got "Team" (key). Remove it.',
  ]);
  expect(withTags("Owner: x")).toEqual([
    '5:3 tags.Owner: expected a name that differs from owner, which every resource has, in more than case, but got "Owner" (key). Remove it.',
  ]);
  expect(withTags("group: x")).toEqual([
    '5:3 tags.group: expected a name that differs from group, by which the costs of analysts are told apart, in more than case, but got "group" (key). Remove it.',
  ]);
});
