import { join } from "node:path";
import { readSkips } from "../../../gitops/policy/skips";
import { testFolder, write } from "../../support/folders";

const folder = testFolder();
const lines = (name: string, text: readonly string[]) => {
  write(join(folder, name, "policy-skips.yaml"), ["skips:", ...text, ""].join("\n"));
  return join(folder, name);
};
const messageOf = (root: string): string => {
  try {
    readSkips(root);
    return "";
  } catch (error) {
    return (error as Error).message;
  }
};

it("has none where there is no file", () => {
  expect(readSkips(join(folder, "none"))).toEqual([]);
});

it("reads each with its place", () => {
  const reason = "It is right as it is, since it has to be.";
  const root = lines("good", ["  # why", "  - rule: CKV_AWS_18", "    resource: x", `    reason: ${reason}`]);
  expect(readSkips(root)).toEqual([{ rule: "CKV_AWS_18", resource: "x", reason, place: "policy-skips.yaml:3:5" }]);
});

it("wants a rule, a construct and a reason of each, and names every fault with its line", () => {
  const root = lines("bad", [
    "  - rule: CKV_AWS_18",
    "    resource: x",
    "  - rule: all",
    "    resource: x",
    "    reason: because",
    "    until: soon",
  ]);
  expect(messageOf(root).split("\n")).toEqual([
    expect.stringMatching(
      /^policy-skips\.yaml:2:\d+ skips\[0\]\.reason: expected a reason that somebody can judge, of 20 letters or more, but .* Add "reason:" under skips\.$/,
    ),
    expect.stringMatching(
      /^policy-skips\.yaml:4:11 skips\[1\]\.rule: expected a rule of checkov, for example CKV_AWS_18, but got "all"/,
    ),
    expect.stringMatching(/^policy-skips\.yaml:6:13 skips\[1\]\.reason: expected a reason that somebody can judge/),
    expect.stringMatching(
      /^policy-skips\.yaml:7:12 skips\[1\]\.until: expected a day, for example 2027-01-31, but got "soon"/,
    ),
  ]);
});
