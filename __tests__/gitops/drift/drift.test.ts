import { driftExitCode, driftText } from "../../../gitops/drift/drift-environment";
import { keepDriftIssue } from "../../../gitops/drift/drift-issue";
import { driftOf } from "../../../gitops/drift/find-drift";
import { githubClient } from "../../../gitops/github/client";
import type { StackPlan } from "../../../gitops/plan-stack";
import type { ResourceChange } from "../../../gitops/terraform/show";
import { localGithub } from "../../support/github/github";
import { attribute, resource, stack } from "../comment/results";

const github = localGithub();
const client = () => githubClient(github.context(), { wait: async () => {} });
const plan = (...resources: ResourceChange[]) => stack("prod-data", resources).plan as StackPlan;
const days = (after: string) => resource("change", "aws_x.rule", [attribute("days", "30", after)]);
const allowed = (address: string, attributePath?: string) => ({
  environment: "prod",
  address,
  ...(attributePath !== undefined && { attribute: attributePath }),
  reason: "known",
  until: "2027-01-01",
});

describe("a stack", () => {
  it("that is as main says has no drift", () => {
    expect(driftOf(plan(), [])).toEqual({ environment: "prod", stack: "prod-data", resources: [], facts: [] });
  });

  it("that differs tells each resource", () => {
    const { resources, facts } = driftOf(plan(days("31"), resource("add", "aws_x.gone")), []);
    expect(resources.map(({ address }) => address)).toEqual(["aws_x.rule", "aws_x.gone"]);
    expect(facts).toEqual(['["aws_x.rule","change",[["days","30","31"]]]', '["aws_x.gone","add",[]]']);
  });

  it("may differ where it is allowed, by resource or by attribute", () => {
    const two = resource("change", "aws_x.rule", [attribute("days", "1", "2"), attribute("tags.at", "1", "2")]);
    expect(driftOf(plan(two), [allowed("aws_x.*")]).facts).toEqual([]);
    expect(driftOf(plan(two), [allowed("aws_x.rule", "tags.*")]).resources[0]?.attributes).toEqual([
      attribute("days", "1", "2"),
    ]);
    expect(driftOf(plan(two), [allowed("aws_x.rule", "tags.*"), allowed("aws_x.rule", "days")]).facts).toEqual([]);
    expect(driftOf(plan(two), [allowed("aws_xyrule")]).facts).toHaveLength(1);
  });

  it("whose resource is gone is not covered by what is allowed for an attribute", () => {
    expect(driftOf(plan(resource("add", "aws_x.gone")), [allowed("aws_x.gone", "days")]).facts).toHaveLength(1);
  });

  it("that could not be planned tells why", () => {
    const failed = { ...plan(), outcome: "failed", error: "AccessDenied" } as StackPlan;
    const report = { stacks: [driftOf(failed, [])], expired: ["aws_y (until 2026-01-01)"] };
    expect(driftText(report)).toBe(
      "prod-data: AccessDenied\ndrift-allowed.yaml: no longer counts: aws_y (until 2026-01-01)",
    );
    expect(driftExitCode(report)).toBe(1);
  });
});

it("that fails night after night is the same fault, whatever number AWS gives the request", () => {
  const failed = (id: string) =>
    driftOf(
      {
        ...plan(),
        outcome: "failed",
        error: `operation error S3: GetBucketPolicy, StatusCode: 403, RequestID: ${id}1A2B, HostID: ${id}/x+y==, api error AccessDenied: not authorized. Encoded authorization failure message: ${id}-e_f`,
      } as StackPlan,
      [],
    );
  expect(failed("Q").facts).toEqual([
    "operation error S3: GetBucketPolicy, StatusCode: 403, RequestID: …, HostID: …, api error AccessDenied: not authorized. Encoded authorization failure message: …",
  ]);
  expect(failed("Z").facts).toEqual(failed("Q").facts);
  expect(failed("Z").error).toContain("RequestID: Z1A2B");
});

it("has an exit code for what nobody is told of otherwise", () => {
  const stacks = [driftOf(plan(days("31")), [])];
  expect(driftExitCode({ stacks, expired: [] })).toBe(2);
  expect(driftExitCode({ stacks: stacks.map((each) => ({ ...each, issue: "same" as const })), expired: [] })).toBe(0);
  expect(driftExitCode({ stacks: [], expired: [], skippedBecause: "#1 is merged and not applied yet." })).toBe(0);
});

describe("the issue of a stack", () => {
  const keep = (...resources: ResourceChange[]) => keepDriftIssue(client(), driftOf(plan(...resources), []));
  const { repository } = github;

  // One issue goes through its life, so these tests build upon each other.
  it("is not made when there is no drift, and once when there is", async () => {
    expect(await keep()).toBe("none");
    repository.issues.push({
      number: 1,
      state: "open",
      title: "?",
      body: "<!-- darkroom:drift prod/prod-data -->",
      labels: [],
      user: { login: "x", type: "User" },
    });
    expect(await keep(days("31"))).toBe("opened");
    expect(await keep(days("31"))).toBe("same");
    expect(repository.issues.map(({ title, state }) => [title, state])).toEqual([
      ["?", "open"],
      ["Drift: prod-data is not as main says", "open"],
    ]);
    expect(repository.issues[1]?.body).toContain("! aws_x.rule changes\n    days: 30 → 31\n");
    expect(repository.comments).toEqual([]);
  });

  it("tells people again only when the drift is another one", async () => {
    expect(await keep(days("32"))).toBe("updated");
    expect(repository.issues[1]?.body).toContain("days: 30 → 32");
    expect(repository.comments.map(({ body }) => body)).toEqual([
      "prod-data differs otherwise than before; the text above says how.",
    ]);
  });

  it("is closed when AWS is as main says, and opened again when it is not", async () => {
    expect(await keep()).toBe("closed");
    expect(repository.comments.at(-1)?.body).toBe("prod-data is again as main says.");
    expect(await keep()).toBe("none");
    expect(await keep(days("32"))).toBe("reopened");
    expect(repository.issues[1]?.state).toBe("open");
    expect(repository.issues).toHaveLength(2);
  });

  it("keeps secrets out", async () => {
    const key = ["AKIA", "ABCDEFGHIJKLMNOP"].join("");
    await keep(resource("change", "aws_x.rule", [attribute("name", "1", key)]));
    expect(JSON.stringify([repository.issues, repository.comments])).not.toContain(key);
  });

  it("shows why a stack could not be compared as it is, whatever marks are in it", async () => {
    const failed = { ...plan(), stack: "dev-streaming", outcome: "failed", error: "~~~\n```\n@all" } as StackPlan;
    await keepDriftIssue(client(), driftOf(failed, []));
    const { body } = repository.issues.at(-1) ?? {};
    expect(body).toContain("dev-streaming could not be compared with AWS:\n\n````\n~~~\n```\n@all\n````\n");
  });

  it("is looked for in one list for all stacks, until something is written", async () => {
    const one = client();
    const lists = () => github.calls.filter((call) => /^GET .*\/issues(\?|$)/.test(call)).length;
    const before = lists();
    for (const name of ["dev-data", "dev-network", "dev-compute"]) {
      await keepDriftIssue(one, driftOf({ ...plan(), stack: name }, []));
    }
    expect(lists() - before).toBe(1);
    const differing = driftOf({ ...plan(days("99")), stack: "dev-data" }, []);
    expect(await keepDriftIssue(one, differing)).toBe("opened");
    expect(await keepDriftIssue(one, differing)).toBe("same");
    expect(lists() - before).toBe(2);
  });
});
