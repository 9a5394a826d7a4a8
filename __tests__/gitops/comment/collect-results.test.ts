import { join } from "node:path";
import { collectResults } from "../../../gitops/comment/collect-results";
import { testFolder, write } from "../../support/folders";
import { result } from "./results";

const folder = testFolder();
const reviewed = { pullRequest: 12, head: "1".repeat(40) };
const file = (name: string, value: unknown) => write(join(folder, name), JSON.stringify(value));

it("takes an environment without a result for one that could not be planned", () => {
  const found = collectResults([file("dev.json", result("dev"))], ["dev", "prod"], reviewed);
  expect(found.map(({ environment, error }) => [environment, error])).toEqual([
    ["dev", undefined],
    ["prod", "The job that plans it left no result; its log says why."],
  ]);
});

it("keeps an environment that only the pull request knows", () => {
  expect(collectResults([file("new.json", result("new"))], [], reviewed).map(({ environment }) => environment)).toEqual(
    ["new"],
  );
});

it("takes a pattern that fitted no file for no files", () => {
  expect(collectResults([join(folder, "none/*.json")], ["dev"], reviewed)).toHaveLength(1);
});

it("refuses results of another pull request or commit", () => {
  const files = [
    file("a.json", result("dev", { pullRequest: 13 })),
    file("b.json", result("prod", { head: "9".repeat(40) })),
  ];
  expect(() => collectResults(files, [], reviewed)).toThrow(
    "Expected results of #12 at 111111111111, but got dev: #13 111111111111, prod: #12 999999999999.",
  );
});

it("refuses a file that is no result", () => {
  const path = file("c.json", { version: 2 });
  expect(() => collectResults([path], [], reviewed)).toThrow(/^Expected the result of a plan in .*c\.json, but /);
});
