import { readFileSync } from "node:fs";
import { join } from "node:path";
import { commentOnReview } from "../../../gitops/comment/comment-on-review";
import { tellGoneEnvironments } from "../../../gitops/comment/gone-environments";
import { approvalLabel, approvalOf } from "../../../gitops/gates/approval";
import { setGate } from "../../../gitops/gates/gate-check";
import { tellGate } from "../../../gitops/gates/tell-gate";
import { githubClient } from "../../../gitops/github/client";
import type { ReviewResult } from "../../../gitops/review/result";
import { testFolder, write } from "../../support/folders";
import { localGithub } from "../../support/github/github";
import { attribute, resource, result, stack } from "./results";

const folder = testFolder();
const github = localGithub();
const head = "1".repeat(40);
const summary = write(join(folder, "summary.md"));
const client = () =>
  githubClient(github.context({ run: { id: 77, attempt: 1 }, stepSummary: summary }), { wait: async () => {} });
const comment = (results: readonly ReviewResult[]) => commentOnReview(client(), 12, head, results);
const bodies = () => github.repository.comments.map(({ body }) => body);
const checks = () =>
  Object.fromEntries(
    github.repository.checks.map(({ name, conclusion, output }) => [name, [conclusion, output.title]]),
  );

const change = result("prod", {
  stacks: [stack("prod-data", [resource("change", "x.y", [attribute("a", "1", "2")])])],
});
const held = result("prod", {
  settings: [
    {
      environment: "prod",
      setting: "retention.processedDays",
      words: "prod keeps images 1 day instead of 30.",
      gate: "retention-shortened",
    },
  ],
  stacks: change.stacks,
});

beforeEach(() => {
  const { repository } = github;
  for (const list of [repository.pulls, repository.comments, repository.checks, repository.events, repository.labels])
    list.length = 0;
  repository.files.set(
    ".github/CODEOWNERS",
    "* @image-platform/team\n/environments/ @owner @image-platform/on-call # both\n",
  );
  repository.roles.set("maintainer", "maintain").set("writer", "write");
  repository.pulls.push({
    number: 12,
    state: "open",
    head: { sha: head, ref: "b", repo: { full_name: "image-platform/darkroom" } },
    base: { sha: "2".repeat(40), ref: "main" },
    user: { login: "author", type: "User" },
    node_id: "PR_1",
    auto_merge: { merge_method: "squash" },
  });
  github.heal();
});

it("makes one comment, edits it after the next commit, and sets every check", async () => {
  expect((await comment([result("dev"), change])).outcome).toBe("made");
  expect(bodies()).toEqual([
    expect.stringMatching(
      /^<!-- darkroom:plan -->\n<!-- darkroom:status -->\n\n<!-- \/darkroom:status -->\n\n## Merging applies 1 change in prod\.\n/,
    ),
  ]);
  expect(checks()).toEqual({
    gate: ["success", "Nothing is held"],
    "plan/dev": ["success", "0 to add, 0 to change, 0 to replace, 0 to destroy"],
    "plan/prod": ["success", "0 to add, 1 to change, 0 to replace, 0 to destroy"],
  });
  expect((await comment([result("dev"), result("prod")])).outcome).toBe("edited");
  expect(bodies()).toHaveLength(1);
  expect(bodies()[0]).toContain("## Nothing in AWS changes with this pull request.");
  expect(github.repository.checks).toHaveLength(3);
  expect(readFileSync(summary, "utf8")).toContain("## Merging applies 1 change in prod.");
});

it("makes a comment that somebody removed anew, and leaves people's comments alone that quote it", async () => {
  await comment([change]);
  github.repository.comments.length = 0;
  github.repository.comments.push({
    id: 1,
    issue: 12,
    body: "<!-- darkroom:plan -->",
    user: { login: "x", type: "User" },
  });
  expect((await comment([change])).outcome).toBe("made");
  expect(bodies()).toHaveLength(2);
});

it("leaves everything to the run of a newer commit", async () => {
  const [pull] = github.repository.pulls;
  if (pull) pull.head.sha = "9".repeat(40);
  expect((await comment([change])).outcome).toBe("superseded");
  expect([bodies(), checks()]).toEqual([[], {}]);
});

it("says what could not be planned", async () => {
  await comment([result("prod", { error: "AccessDenied" })]);
  expect(checks()["plan/prod"]).toEqual(["failure", "Could not be planned"]);
});

it("fails the check of an environment that would keep resources of a removed stack, and says what to do", async () => {
  const words = "prod-reports is removed, but 2 resources of it would stay.\n  terraform destroy";
  await comment([result("dev"), result("prod", { leftBehind: [{ stack: "prod-reports", resources: 2, words }] })]);
  expect(checks()["plan/prod"]).toEqual(["failure", "Resources of removed stacks would stay"]);
  expect(checks()["plan/dev"]?.[0]).toBe("success");
  expect(bodies()[0]).toContain("## Not ready: prod-reports is removed, but 2 resources would stay in AWS.\n");
  expect(bodies()[0]).toContain(`**prod-reports**\n\n\`\`\`\n${words}\n\`\`\`\n`);
});

it("says of an environment that no job planned whether its file is gone", async () => {
  const missing = (name: string) => result(name, { error: "The job left no result.", run: { id: "0", attempt: 1 } });
  github.repository.files.set("environments/dev.yaml", "name: dev");
  const told = await tellGoneEnvironments(client(), head, [missing("dev"), missing("prod"), change]);
  expect(told.map(({ environment, error }) => [environment, error])).toEqual([
    ["dev", "The job left no result."],
    [
      "prod",
      [
        "environments/prod.yaml is gone: what it has in AWS would stay, cost money and not be watched.",
        'To remove the environment, destroy its stacks by hand first, as docs/gitops.md says under "Removing a stack". Then run',
        "npm run repository on this branch, so that the check plan/prod is no longer asked for, and merge.",
      ].join("\n"),
    ],
    ["prod", undefined],
  ]);
});

it("takes auto-merge from a bot before it sets any check", async () => {
  Object.assign(github.repository.pulls[0]?.user ?? {}, { type: "Bot" });
  const from = github.calls.length;
  await comment([change]);
  const writes = github.calls.slice(from).filter((call) => !call.startsWith("GET"));
  expect(writes[0]).toMatch(/^POST .*graphql$/);
  expect(writes[1]).toMatch(/check-runs$/);
});

it("fails with the comment written when GitHub does not take auto-merge from a bot, but not when it is gone already", async () => {
  const [pull] = github.repository.pulls;
  Object.assign(pull?.user ?? {}, { type: "Bot" });
  const message = "Pull request Auto merge is not enabled.";
  github.fail(/POST .*graphql/, { status: 200, body: { data: null, errors: [{ type: "UNPROCESSABLE", message }] } });
  await expect(comment([change])).rejects.toMatchObject({
    name: "GithubError",
    message:
      "GitHub does not take auto-merge from #12. GitHub says: Pull request Auto merge is not enabled. Take it away there, then run this job again.",
  });
  expect(bodies()).toHaveLength(1);
  const wait = async () => {};
  const racing = githubClient(github.context(), { wait });
  const { graphql } = racing;
  const faster = async (...args: unknown[]) => {
    Object.assign(pull ?? {}, { auto_merge: null });
    return (graphql as (...given: unknown[]) => Promise<unknown>)(...args);
  };
  const told = commentOnReview({ ...racing, graphql: faster as typeof graphql }, 12, head, [change]);
  await expect(told).resolves.toMatchObject({ outcome: "same" });
});

it("takes auto-merge from a bot whose plan does something, and from nobody else", async () => {
  const [pull] = github.repository.pulls;
  await comment([change]);
  expect(pull?.auto_merge).not.toBeNull();
  if (pull) pull.user = { login: "dependabot[bot]", type: "Bot" };
  await comment([result("prod")]);
  expect(pull?.auto_merge).not.toBeNull();
  await comment([change]);
  expect(pull?.auto_merge).toBeNull();
});

it("goes on after GitHub's own faults and a limit", async () => {
  github.fail(/^POST .*\/comments$/, { status: 502, body: {} }, 1);
  github.fail(
    /^POST .*\/check-runs$/,
    { status: 403, body: { message: "rate limit" }, headers: { "retry-after": "1" } },
    1,
  );
  expect((await comment([change])).outcome).toBe("made");
  expect(bodies()).toHaveLength(1);
});

describe("the gate", () => {
  const approval = approvalOf([held]) ?? "";
  const label = approvalLabel(approval);
  const labelled = (login: string, event = "labeled", name = label) =>
    github.repository.events.push({ issue: 12, event, actor: { login }, label: { name } });
  const gate = async () => {
    const { open, title } = await setGate(client(), { number: 12, head, base: "main", author: "author" }, approval);
    return [open, title];
  };

  it("is held by a comment that says so, and offers the label", async () => {
    const { text } = await comment([held]);
    expect(text.split("\n").slice(1, 4)).toEqual([
      expect.stringMatching(/^## Held until a code owner lets it pass: 1 change can lose data or widen rights\. /),
      "",
      `Held: wants the label ${label} of a code owner.`,
    ]);
    expect(github.repository.labels.map(({ name }) => name)).toEqual([label]);
    expect(checks().gate).toEqual(["failure", `Held: wants the label ${label} of a code owner`]);
    await comment([held]);
    expect(github.repository.labels).toHaveLength(1);
  });

  it.each([
    ["owner", true, "Let pass by owner"],
    ["maintainer", true, "Let pass by maintainer"],
    ["author", false, `Held: author is the author, another code owner has to give ${label}`],
    ["writer", false, `Held: writer is no code owner, one has to give ${label}`],
    ["stranger", false, `Held: stranger is no code owner, one has to give ${label}`],
  ])("with the label of %s is open: %s", async (login, open, title) => {
    labelled(login);
    expect(await gate()).toEqual([open, title]);
    expect(checks().gate).toEqual([open ? "success" : "failure", title]);
  });

  it("is told by the comment, too, as soon as a label comes or goes, as if it were planned anew", async () => {
    const state = () => setGate(client(), { number: 12, head, base: "main", author: "author" }, approval);
    const tell = async () => tellGate(client(), 12, await state());
    expect(await tell()).toBe("none");
    await comment([held]);
    const [before] = bodies();
    expect(await tell()).toBe("same");

    labelled("owner");
    expect(await tell()).toBe("edited");
    expect(await tell()).toBe("same");
    const [opened = ""] = bodies();
    expect(opened.replace(/<!--.*?-->/g, "")).not.toContain("Held");
    expect(opened).toContain("\n\nLet pass by owner.\n");
    expect(opened).toContain("\n> A code owner let these pass.\n");
    expect((await comment([held])).outcome).toBe("same");

    labelled("owner", "unlabeled");
    expect(await tell()).toBe("edited");
    expect(bodies()).toEqual([before]);
  });

  it("changes nothing in a comment that speaks of nothing held, or that somebody has edited", async () => {
    await comment([change]);
    expect(await tellGate(client(), 12, { open: true, title: "Let pass by owner" })).toBe("none");
    await comment([held]);
    const [made] = github.repository.comments;
    if (made) made.body = made.body?.replace(/darkroom:gate \{.*\}/, "darkroom:gate {}") ?? "";
    expect(await tellGate(client(), 12, { open: true, title: "Let pass by owner" })).toBe("none");
  });

  it("closes when the label is taken away, and does not know another label", async () => {
    labelled("owner");
    labelled("owner", "unlabeled");
    expect((await gate())[0]).toBe(false);
    labelled("owner", "labeled", "approve-000000000000");
    expect((await gate())[0]).toBe(false);
    labelled("owner");
    expect((await gate())[0]).toBe(true);
  });

  it("wants another label for other changes", async () => {
    const other = {
      ...held,
      stacks: [stack("prod-data", [resource("change", "x.y")], { plan: { changesSha256: "b".repeat(64) } })],
    };
    expect(approvalOf([other])).not.toBe(approval);
    expect(approvalOf([change])).toBeUndefined();
  });

  it("is open for all to see once a code owner has opened it", async () => {
    labelled("owner");
    const { text } = await comment([held]);
    expect(text.split("\n")[1]).toBe("## Merging applies 1 change in prod.");
    expect(text).toContain("> A code owner let these pass.");
    expect(text).toContain("Let pass by owner.");
  });
});
