import { checkFile } from "../../environments/check-file";
import { faultLines } from "../../environments/faults/settings-error";
import { readYaml } from "../../environments/yaml-file";
import { editedText, faultsOf, today } from "./edited";

const sections =
  "account, region, owner, tags, schedule, retention, network, streaming, processing, webApps, analytics, alerts, github, webSignIn";
/** The line behind the last one of the sound file. */
const behind = editedText().split("\n").length;
const check = (text: string) => faultLines(checkFile("x.yaml", "test", text, today).faults);

it.each([
  [
    "",
    `x.yaml:1:1: expected a map with ${sections}, but got nothing (an empty value). Copy another environment's file and change it.`,
  ],
  [
    "- a",
    `x.yaml:1:1: expected a map with ${sections}, but got a list of 1. Write its settings on the lines below it, indented.`,
  ],
  [
    "a: 1\n---\nb: 2",
    "x.yaml:2:1: expected one environment a file, but the parser says: Source contains multiple documents; please use YAML.parseAllDocuments(). Remove the line ---.",
  ],
  [
    "a:\n\tb: 1",
    "x.yaml:2:1: expected spaces as indentation, but the parser says: Tabs are not allowed as indentation. Replace the tab by spaces.",
  ],
  ['a: "b', 'x.yaml:1:6: expected well-formed YAML, but the parser says: Missing closing "quote. Add what is missing.'],
  [
    "a: *b",
    "x.yaml:1:4: expected an anchor that is written above, but got *b, and there is no &b. Put text that begins with * in quotes.",
  ],
])("explains %j", (text, message) => {
  expect(check(text)).toEqual([message]);
});

it("reports a key that is there twice together with all other faults", () => {
  expect(
    faultsOf([
      ["  zones: 2", "  zones: 2\n  zones: 2"],
      ["logDays: 30", "logDays: 2"],
    ]).map((line) => line.slice(0, 60)),
  ).toEqual([
    "15:12 retention.logDays: expected one of 1, 3, 5, 7, 14, 30,",
    "19:3: expected each key once, but got zones again. Remove on",
  ]);
});

it("refuses a tag, which would change a value's type unseen", () => {
  expect(faultsOf([["zones: 2", "zones: !int 2"]])[0]).toBe(
    "18:10: expected plain values, but the parser says: Unresolved tag: !int. Remove the tag that begins with !.",
  );
});

it("follows anchors to the place where the value is used", () => {
  const text = editedText(["[processed-images, features]", "&data [processed-images, features]"]);
  expect(check(`${text}x: *data\n`)).toEqual([
    `x.yaml:${behind}:1 x: expected one of the keys ${sections}, but got "x" (unknown key). Remove it.`,
  ]);
  expect(readYaml("a: &a {b: 1}\nc: *a").position(["c", "b"], "value")).toEqual({ line: 1, column: 11 });
});

it("refuses anchors that unfold without end", () => {
  const bomb = `a: &a [x]\n${"bcdefghij"
    .split("")
    .map((key, index) => `${key}: &${key} [${`*${"abcdefghi"[index]},`.repeat(9)}]`)
    .join("\n")}`;
  expect(check(bomb)).toEqual([
    "x.yaml:1:1: expected few repetitions through anchors, but Excessive alias count indicates a resource exhaustion attack. Write it out.",
  ]);
});

it("keeps positions with a byte order mark, carriage returns and comments", () => {
  const text = editedText(["zones: 2", "# why\n  zones: 9"]).replace(/\n/g, "\r\n");
  expect(check(`\uFEFF${text}`)[0]).toMatch(
    /^x\.yaml:19:10 network\.zones: expected a whole number of availability zones from 2 to 3, but got 9/,
  );
});

it("treats __proto__ as any other unknown key", () => {
  expect(check(`${editedText()}__proto__: { account: 1 }\n`)).toEqual([
    `x.yaml:${behind}:1 __proto__: expected one of the keys ${sections}, but got "__proto__" (unknown key). Remove it.`,
  ]);
});
