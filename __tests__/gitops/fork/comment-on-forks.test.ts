import { strToU8, zipSync } from "fflate";
import { commentOnForks } from "../../../gitops/fork/comment-on-forks";
import { githubClient } from "../../../gitops/github/client";
import { localGithub } from "../../support/github/github";
import { emptyRepository } from "../../support/github/repository";

const github = localGithub();
const since = new Date("2026-11-20T00:00:00Z");
const [home, fork] = ["image-platform/darkroom", "somebody/darkroom"];
const sha = "a1b2c3d4e5f6".padEnd(40, "0");

beforeEach(() => {
  Object.assign(github.repository, emptyRepository());
  github.calls.length = 0;
  github.repository.pulls = [pull(7, fork), pull(8, home)];
  github.repository.runs = [run(1, zipOf())];
});

const pull = (number: number, from: string) => ({
  number,
  state: "open" as const,
  head: { sha, ref: "main", repo: { full_name: from } },
  base: { sha: "0".repeat(40), ref: "main" },
  user: { login: "somebody" },
});
const run = (id: number, zip: Buffer, more: object = {}) => ({
  id,
  path: ".github/workflows/check.yml",
  event: "pull_request",
  status: "completed",
  conclusion: "success",
  head_sha: sha,
  created_at: "2026-11-24T12:00:00Z",
  head_repository: { full_name: fork },
  artifacts: [{ id: 100 + id, name: "fork-result", zip }],
  ...more,
});
const words = "prod keeps processed images 14 days instead of 30.";
function zipOf(settings: object[] = [{ environment: "prod", setting: "x", words }], stacks = ["prod-data"]): Buffer {
  const changed = {
    base: "x",
    stacks: stacks.map((stack) => ({ environment: "prod", stack, because: "configuration" })),
  };
  return zipped({ "changed.json": JSON.stringify(changed), "settings.json": JSON.stringify({ changes: settings }) });
}
const zipped = (files: Record<string, string>) =>
  Buffer.from(zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]))));

const comment = (dryRun = false) => commentOnForks(githubClient(github.context()), { since, dryRun });
const bodies = () => github.repository.comments.map(({ issue, body }) => [issue, body]);

it("tells a fork's pull request what would change, and only that one", async () => {
  expect(await comment()).toMatchObject([{ pullRequest: 7, outcome: "made" }]);
  expect(bodies()).toEqual([
    [
      7,
      [
        "<!-- darkroom:fork -->",
        "**From a fork: no plan.** Workflows of forks get no credentials, so nothing was compared with AWS.",
        "",
        "Seen at a1b2c3d4e5f6 by the fork's own check, and as trustworthy as its code:",
        "",
        "**Stacks that are synthesized differently:**",
        "",
        "- prod-data",
        "",
        "**Settings:**",
        "",
        "- prod keeps processed images 14 days instead of 30.",
        "",
        "To get a plan, a maintainer reads the changes and pushes them to a branch of this repository.",
      ].join("\n"),
    ],
  ]);
});

it("edits its one comment, and leaves it when nothing is new", async () => {
  await comment();
  expect(await comment()).toMatchObject([{ outcome: "same" }]);
  github.repository.runs.push(run(2, zipOf([], []), { created_at: "2026-11-24T13:00:00Z" }));
  expect(await comment()).toMatchObject([{ outcome: "edited" }]);
  expect(bodies()).toEqual([[7, expect.stringContaining("No stack is synthesized differently")]]);
});

it("does not take a person's comment for its own", async () => {
  const body = "<!-- darkroom:fork -->\nmine";
  github.repository.comments.push({ id: 1, issue: 7, body, user: { login: "somebody", type: "User" } });
  expect(await comment()).toMatchObject([{ outcome: "made" }]);
  expect(bodies()[0]).toEqual([7, body]);
});

it("shows nothing as mark-up, calls nobody, links nothing, and shows no secret", async () => {
  const key = `AKIA${"ABCDEFGHIJKLMNOP"}`;
  const evil = `**bold** @everyone #1 <img src=x> [a](http://x.test) \`\`\` | \u202Eedoc ${key}\n# title`;
  github.repository.runs = [run(1, zipOf([{ environment: "prod", words: evil }]))];
  await comment();
  const line = String(bodies()[0]?.[1])
    .split("\n")
    .find((one) => one.includes("everyone"));
  expect(line).toBe(
    "- \\*\\*bold\\*\\* &#64;everyone &#35;1 &lt;img src=x&gt; \\[a\\](http://x.test) \\`\\`\\` \\|  edoc (secret) &#35; title",
  );
});

it.each([
  ["no zip", Buffer.from("no zip")],
  ["another form", zipped({ "changed.json": "[]", "settings.json": "{}" })],
  ["a name that is none", zipOf([], ["prod-data\n**x**"])],
  ["a file missing", zipped({ "changed.json": '{"stacks":[]}' })],
  ["too much", zipped({ "changed.json": '{"stacks":[]}', "settings.json": `{"changes":[]}${" ".repeat(3_000_000)}` })],
])("shows nothing of a result that is %s", async (_, zip) => {
  github.repository.runs = [run(1, zip)];
  expect(await comment()).toEqual([
    {
      pullRequest: 7,
      outcome: "unreadable",
      text: "Expected a zip of changed.json and settings.json as npm run changed and npm run settings-diff write them.",
    },
  ]);
  expect(bodies()).toEqual([]);
});

it.each([
  ["of another commit", { head_sha: "f".repeat(40) }],
  ["of another repository", { head_repository: { full_name: "else/darkroom" } }],
  ["of another workflow", { path: ".github/workflows/other.yml" }],
  ["of another event", { event: "push" }],
  ["of long ago", { created_at: "2026-11-01T00:00:00Z" }],
  ["without a result", { artifacts: [] }],
])("takes no run %s", async (_, more) => {
  github.repository.runs = [run(1, zipOf(), more)];
  expect(await comment()).toEqual([]);
  expect(bodies()).toEqual([]);
});

it("asks for runs only when a fork's pull request is open", async () => {
  github.repository.pulls = [pull(8, home), { ...pull(9, fork), state: "closed" }];
  expect(await comment()).toEqual([]);
  expect(github.calls).toEqual(["GET /repos/image-platform/darkroom/pulls"]);
});

it("writes nothing on a dry run", async () => {
  expect(await comment(true)).toMatchObject([{ pullRequest: 7 }]);
  expect(bodies()).toEqual([]);
});

it("shows fifty of many, and counts the rest", async () => {
  github.repository.runs = [
    run(
      1,
      zipOf(
        [],
        Array.from({ length: 60 }, (_, n) => `prod-s${n}`),
      ),
    ),
  ];
  await comment();
  expect(bodies()[0]?.[1]).toContain("- prod-s49\n- and 10 more\n");
});
