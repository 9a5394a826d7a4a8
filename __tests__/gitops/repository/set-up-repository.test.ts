import { loadEnvironments } from "../../../environments/load";
import { githubClient } from "../../../gitops/github/client";
import { setUpRepository } from "../../../gitops/repository/set-up-repository";
import { wantedOf } from "../../../gitops/repository/wanted";
import { localGithub } from "../../support/github/github";
import { emptyRepository } from "../../support/github/repository";
import { environmentWith } from "../../support/synth";

const github = localGithub();
const wanted = wantedOf(loadEnvironments());
beforeEach(() => {
  Object.assign(github.repository, emptyRepository());
  github.heal();
  github.calls.length = 0;
});

const setUp = (dryRun = false, of = wanted) =>
  setUpRepository(githubClient(github.context(), { wait: async () => {} }), of, { dryRun });
const writes = () => github.calls.filter((call) => !call.startsWith("GET "));
const ruleset = () => github.repository.rulesets[0] as unknown as { rules: { type: string; parameters: object }[] };

it("tells in plain words what would change, and changes nothing", async () => {
  const result = await setUp(true);
  expect(result).toEqual({
    repository: "image-platform/darkroom",
    numbers: { ownerId: 123456, repositoryId: 456789 },
    made: false,
    changes: [
      "merging: a merged branch is deleted: yes (now: no)",
      "actions: actions that may run: selected (now: all)",
      "actions: actions have to be pinned to a commit: yes (now: no)",
      "actions: actions of GitHub: yes (now: no)",
      "actions: further actions: aws-actions/configure-aws-credentials@*, hashicorp/setup-terraform@* (now: none)",
      "actions: rights that a workflow has unasked: read (now: write)",
      "actions: workflows may open pull requests: yes (now: no)",
      "label drift: colour: d93f0b",
      "label drift: description: AWS differs from what main says",
      "label follow-up: colour: fbca04",
      "label follow-up: description: Shows what a merge has left to apply",
      "label unapplied-merge: colour: b60205",
      "label unapplied-merge: description: A merge on main without a record of its apply",
      ...["dev", "prod", "staging"].flatMap((name) => [
        `environment ${name}: who lets an apply go on: ${name === "prod" ? "image-platform/on-call" : "none"}`,
        `environment ${name}: not who has started it: ${name === "prod" ? "yes" : "no"}`,
        `environment ${name}: branches that may be applied: main`,
      ]),
      "branch main: the rule is in force: yes",
      "branch main: who may go around it: 0",
      "branch main: it can be deleted: no",
      "branch main: its history can be rewritten: no",
      "branch main: changes come by pull request: yes",
      "branch main: approving reviews: 1",
      "branch main: a code owner has to approve: yes",
      "branch main: a push voids approvals: yes",
      "branch main: the last push is approved by somebody else: yes",
      "branch main: ways to merge: merge, rebase, squash",
      "branch main: required checks: check, gate, plan, plan/dev, plan/prod, plan/staging",
      "branch main: checks are taken from GitHub Actions only: yes",
      "branch main: a pull request has to be up to date: no",
    ],
  });
  expect(writes()).toEqual([]);
});

it("makes it so, and finds nothing to do the second time", async () => {
  expect((await setUp()).made).toBe(true);
  const { actions, environments, labels, rulesets, settings } = github.repository;
  expect(actions).toEqual({
    permissions: { enabled: true, allowed_actions: "selected", sha_pinning_required: true },
    selection: {
      github_owned_allowed: true,
      verified_allowed: false,
      patterns_allowed: ["aws-actions/configure-aws-credentials@*", "hashicorp/setup-terraform@*"],
    },
    workflow: { default_workflow_permissions: "read", can_approve_pull_request_reviews: true },
  });
  expect(environments.get("prod")).toMatchObject({
    reviewers: [{ type: "Team", id: 7, name: "image-platform/on-call" }],
    preventSelfReview: true,
    branches: [{ name: "main" }],
  });
  expect(environments.get("dev")).toMatchObject({ reviewers: [], branches: [{ name: "main" }] });
  expect(labels.map(({ name }) => name)).toEqual(["drift", "follow-up", "unapplied-merge"]);
  expect(settings.delete_branch_on_merge).toBe(true);
  expect(rulesets).toHaveLength(1);
  expect(ruleset().rules.find(({ type }) => type === "required_status_checks")?.parameters).toEqual({
    strict_required_status_checks_policy: false,
    required_status_checks: ["check", "plan", "gate", "plan/dev", "plan/prod", "plan/staging"].map((context) => ({
      context,
      integration_id: 15368,
    })),
  });
  github.calls.length = 0;
  expect(await setUp()).toMatchObject({ changes: [], made: false });
  expect(writes()).toEqual([]);
});

it("puts right what was changed by hand, and leaves everything else alone", async () => {
  await setUp();
  const { environments, labels, rulesets } = github.repository;
  rulesets.push({ id: 1, name: "somebody else's", target: "tag", enforcement: "active", rules: [] });
  labels.push({ name: "bug", color: "ff0000", description: null });
  const reviews = ruleset().rules.find(({ type }) => type === "pull_request");
  Object.assign(reviews?.parameters ?? {}, { require_code_owner_review: false });
  environments.get("prod")?.branches.push({ id: 2, name: "release/*" });
  environments.get("prod")?.reviewers.splice(0);
  Object.assign(labels[0] ?? {}, { name: "Drift", color: "FFFFFF" });
  github.calls.length = 0;
  expect((await setUp()).changes).toEqual([
    "label drift: colour: d93f0b (now: ffffff)",
    "environment prod: who lets an apply go on: image-platform/on-call (now: none)",
    "environment prod: not who has started it: yes (now: no)",
    "environment prod: branches that may be applied: main (now: main, release/*)",
    "branch main: a code owner has to approve: yes (now: no)",
  ]);
  const home = "/repos/image-platform/darkroom";
  expect(writes()).toEqual([
    `PATCH ${home}/labels/Drift`,
    `PUT ${home}/environments/prod`,
    `DELETE ${home}/environments/prod/deployment-branch-policies/2`,
    `PUT ${home}/rulesets/${rulesets[0]?.id}`,
  ]);
  expect(labels.map(({ name }) => name)).toEqual(["drift", "follow-up", "unapplied-merge", "bug"]);
  expect((await setUp()).changes).toEqual([]);
});

it("takes the approvers of each environment from its file", async () => {
  const environments = [environmentWith("prod", { "github.approvers": ["octocat"] })];
  await setUp(false, wantedOf(environments));
  expect(github.repository.environments.get("prod")).toMatchObject({
    reviewers: [{ type: "User", id: 1, name: "octocat" }],
    // Nobody else could let it through.
    preventSelfReview: false,
  });
});

it.each([
  ["nobody", "user nobody"],
  ["image-platform/night-shift", "team night-shift in image-platform"],
])("changes nothing when GitHub does not know the approver %s", async (approver, what) => {
  const of = wantedOf([environmentWith("prod", { "github.approvers": [approver] })]);
  await expect(setUp(false, of)).rejects.toThrow(
    `environments/prod.yaml: github.approvers: GitHub knows no ${what}, or does not show it to this token. Correct the name; to see teams the token needs to read the organisation's members.`,
  );
  expect(writes()).toEqual([]);
});

it("changes nothing when the files have other numbers than GitHub", async () => {
  const of = wantedOf([environmentWith("prod", { "github.ownerId": 123456, "github.repositoryId": 1 })]);
  await expect(setUp(false, of)).rejects.toThrow(
    "environments/prod.yaml: github.repositoryId: expected 456789, GitHub's number, but got 1.",
  );
  expect(writes()).toEqual([]);
});

it("wants one repository in all files, but for the local one", () => {
  const dev = environmentWith("dev", { "github.repository": "another/place" });
  expect(() => wantedOf([dev, environmentWith("prod")])).toThrow(
    "github.repository: expected the same repository in every environment, but got dev: another/place; prod: image-platform/darkroom.",
  );
  const local = environmentWith("local", { "github.repository": "another/place" });
  expect(wantedOf([local, environmentWith("prod")]).repository).toBe("image-platform/darkroom");
});

it("goes on after a fault of GitHub's own, and from where it was when run again after a refusal", async () => {
  github.fail(/^PUT .*\/environments\/dev$/, { status: 502, body: {} }, 2);
  github.fail(
    /^POST .*\/rulesets$/,
    {
      status: 403,
      headers: { "x-accepted-github-permissions": "administration=write" },
      body: { message: "Resource not accessible by personal access token" },
    },
    1,
  );
  await expect(setUp()).rejects.toThrow(
    "GitHub does not let this token do POST /repos/image-platform/darkroom/rulesets (403). It needs the permission administration=write. GitHub says: Resource not accessible by personal access token",
  );
  github.calls.length = 0;
  await setUp();
  expect(writes()).toEqual(["POST /repos/image-platform/darkroom/rulesets"]);
});
