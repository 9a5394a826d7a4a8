import { commentOnReview } from "../../../gitops/comment/comment-on-review";
import { approvalLabel, approvalOf } from "../../../gitops/gates/approval";
import { removeUnusedApprovals } from "../../../gitops/gates/approval-labels";
import { setGate } from "../../../gitops/gates/gate-check";
import { githubClient } from "../../../gitops/github/client";
import { localGithub } from "../../support/github/github";
import { emptyRepository, type Pull } from "../../support/github/repository";
import { result } from "../comment/results";

const github = localGithub();
const client = () => githubClient(github.context(), { wait: async () => {} });
const [carried, asked, old, older] = ["a", "b", "c", "d"].map((digit) => digit.repeat(12)) as [
  string,
  string,
  string,
  string,
];
const remove = () => removeUnusedApprovals(client(), new Date("2026-11-24T12:00:00Z"));
const names = () => github.repository.labels.map(({ name }) => name);
const pull = (number: number, more: Partial<Pull> = {}): Pull => ({
  ...{ number, state: "open", base: { sha: "2".repeat(40), ref: "main" }, user: { login: "author", type: "User" } },
  head: { sha: String(number % 10).repeat(40), ref: `b${number}`, repo: { full_name: "image-platform/darkroom" } },
  ...more,
});
const gate = (number: number, approval: string) =>
  setGate(client(), { number, head: String(number % 10).repeat(40), base: "main", author: "author" }, approval);

beforeEach(async () => {
  Object.assign(github.repository, emptyRepository());
  github.extra.length = 0;
  github.heal();
  const { repository } = github;
  repository.pulls = [
    pull(11, { labels: [approvalLabel(carried), "drift"] }),
    pull(12),
    pull(13, { state: "closed", labels: [approvalLabel(old), "drift"] }),
    pull(14, { head: { sha: "4".repeat(40), ref: "b", repo: null } }),
  ];
  repository.labels = [
    ...[carried, asked, old, older].map((approval) => ({ name: approvalLabel(approval), color: "", description: "" })),
    ...["drift", "approve-me", "approve-0123"].map((name) => ({ name, color: "", description: "" })),
  ];
  await gate(12, asked);
  // Of a pull request that is closed nothing is asked any more.
  await gate(13, old);
});

it("takes away what no open pull request carries and no gate of one asks for, and no other label", async () => {
  expect(await remove()).toEqual([approvalLabel(old), approvalLabel(older)].sort());
  expect(names()).toEqual([
    ...[approvalLabel(carried), approvalLabel(asked)],
    ...["drift", "approve-me", "approve-0123"],
  ]);
  expect(github.repository.pulls.map(({ labels = [] }) => labels)).toEqual([
    [approvalLabel(carried), "drift"],
    [],
    ["drift"],
    [],
  ]);
  github.calls.length = 0;
  expect(await remove()).toEqual([]);
  expect(github.calls.filter((call) => !call.startsWith("GET"))).toEqual([]);
});

it.each([
  ["2026-10-20T12:00:00Z", true],
  ["2026-10-20T11:59:59Z", false],
])(
  "keeps what a pull request carries that was merged at %s while it may still be applied: %s",
  async (merged_at, kept) => {
    Object.assign(github.repository.pulls[2] ?? {}, { merged_at, updated_at: merged_at });
    expect(await remove()).toEqual([...(kept ? [] : [approvalLabel(old)]), approvalLabel(older)].sort());
    expect(names().includes(approvalLabel(old))).toBe(kept);
  },
);

it("asks for labels only where there is none that lets changes pass", async () => {
  github.repository.labels = github.repository.labels.filter(({ name }) => name === "drift");
  github.calls.length = 0;
  expect(await remove()).toEqual([]);
  expect(github.calls).toEqual(["GET /repos/image-platform/darkroom/labels"]);
});

it("goes on where somebody else has taken one away", async () => {
  github.fail(/^DELETE/, { status: 404, body: { message: "Not Found" } }, 1);
  expect(await remove()).toEqual([approvalLabel(old), approvalLabel(older)].sort());
  expect(names()).not.toContain(approvalLabel(older));
});

describe("a label that comes to be asked for at that moment", () => {
  const held = result("prod", {
    ...{ pullRequest: 11, head: "1".repeat(40) },
    settings: [
      {
        environment: "prod",
        setting: "retention.processedDays",
        words: "prod keeps images 1 day instead of 30.",
        gate: "retention-shortened",
      },
    ],
  });
  const wanted = approvalLabel(approvalOf([held]) ?? "");
  const comment = () => commentOnReview(client(), 11, "1".repeat(40), [held]);

  it("is there again: the gate was set before it went", async () => {
    github.repository.labels.push({ name: wanted, color: "", description: "" });
    let told = false;
    github.extra.push({
      "DELETE /labels/:name": (_call, { name = "" }, repository) => {
        repository.labels = repository.labels.filter((label) => label.name !== name);
        if (name === wanted && !told) {
          told = true;
          repository.checks.push({
            ...{ id: repository.nextId(), name: "gate", head_sha: "1".repeat(40), conclusion: "failure" },
            ...{ external_id: approvalOf([held]) ?? "", output: { title: "", summary: "" } },
            app: { slug: "github-actions" },
          });
        }
        return { status: 204 };
      },
    });
    expect(await remove()).toEqual([approvalLabel(old), approvalLabel(older)].sort());
    expect(names()).toContain(wanted);
  });

  it("is there again: it went before the gate was set", async () => {
    github.extra.push({
      // The gate of pull request 11 is about to be set for the first time.
      "POST /check-runs": (_call, _parameters, repository) => {
        repository.labels = repository.labels.filter(({ name }) => name !== wanted);
        github.extra.length = 0;
        return { status: 201, body: {} };
      },
    });
    await comment();
    expect(names()).toContain(wanted);
  });
});
