import { GetObjectCommand } from "@aws-sdk/client-s3";
import { loadEnvironment } from "../../../environments/load";
import { parseState } from "../../../gitops/terraform/state";
import { bucketName } from "../../../modules/names";
import { Team } from "../../support/pull-request/team";
import { describeWithProvider } from "../../support/terraform";

const minutes = 60_000;
const api = "/repos/image-platform/darkroom";
const limited = (headers: Record<string, string>) => ({
  ...{ status: 403, headers },
  body: { message: "You have exceeded a secondary rate limit" },
});

describeWithProvider("when something fails", () => {
  const team = new Team({ environments: ["prod"], stacks: ["data", "compute", "network"] });
  beforeAll(() => team.administrator("npm run --silent apply -- prod"), 6 * minutes);
  afterEach(() => {
    team.aws.heal();
    team.github.heal();
  });

  const serialOf = async (layer: string): Promise<number> => {
    const s3 = team.s3();
    const Key = `${layer}.tfstate`;
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucketName(loadEnvironment("prod"), "state"), Key }));
    const { serial } = parseState((await Body?.transformToString()) ?? "", Key);
    s3.destroy();
    return serial;
  };

  it(
    "in one stack, those that depend on it are left untouched, the others are applied, and the follow-up brings the rest",
    async () => {
      team.set("broken", { logDays: 400, originalsDays: 400 });
      const pull = team.origin.open("broken");
      await team.plan(pull);
      team.aws.refuse(/PutRetentionPolicy/, "InvalidParameterException", "Not today");
      const failed = await team.merge(pull);
      const { stdout, code } = failed.step("npm run --silent apply");
      expect(code).toBe(1);
      expect(stdout).toContain("InvalidParameterException: Not today");
      expect(stdout).not.toContain("npm run unlock");
      expect((await team.records(team.origin.commitOf("main"))).records).toMatchObject([
        {
          outcome: "failed",
          stacks: [
            { stack: "prod-data", outcome: "failed", counts: { change: 0 } },
            { stack: "prod-compute", outcome: "skipped", plan: "none", why: "prod-data was not applied" },
            { stack: "prod-network", outcome: "applied", plan: "reviewed", counts: { change: 1 } },
          ],
        },
      ]);
      expect(await serialOf("compute")).toBe(1);
      const [followUp] = team.followUps();
      if (!followUp) throw new Error("There is no follow-up.");
      expect(team.comments(pull)[0]).toContain(
        `- **prod**: **not wholly applied** ([run](https://github.test/image-platform/darkroom/actions/runs/${failed.id})); #${followUp.number} shows what is left\n` +
          "  - prod-data: failed; the run's log says why\n" +
          "  - prod-compute: left untouched: prod-data was not applied\n" +
          "  - prod-network: 0 added, 1 changed, 0 destroyed\n",
      );

      team.aws.heal();
      await team.plan(followUp);
      await team.merge(followUp);
      expect((await team.records(team.origin.commitOf("main"))).records).toMatchObject([
        {
          outcome: "applied",
          stacks: ["prod-data", "prod-compute"].map((stack) => ({ stack, outcome: "applied", plan: "reviewed" })),
        },
      ]);
    },
    8 * minutes,
  );

  it(
    "on GitHub's side, it is tried again or told, and no apply is lost or made twice",
    async () => {
      const { github } = team;
      team.set("faults", { originalsDays: 401 });
      const pull = team.origin.open("faults");
      const comments = new RegExp(`^POST ${api}/issues/${pull.number}/comments$`);
      const route = `POST ${api}/issues/${pull.number}/comments`;
      const told = (run: Awaited<ReturnType<typeof team.plan>>) => run.step("npm run --silent comment").stderr;

      const headers = { "x-accepted-github-permissions": "pull_requests=write" };
      github.fail(comments, { status: 403, headers, body: { message: "Resource not accessible by integration" } });
      const refused = await team.plan(pull);
      expect([refused.conclusion, told(refused)]).toEqual([
        "failure",
        `GitHub does not let this token do ${route} (403). It needs the permission pull_requests=write. GitHub says: Resource not accessible by integration\n`,
      ]);
      github.heal();
      github.fail(comments, { status: 422, body: { message: "Validation Failed", errors: ["Body is too long"] } });
      const invalid = await team.planFailed(pull, refused);
      expect([invalid.conclusion, told(invalid)]).toEqual([
        "failure",
        `GitHub does not take what ${route} sent (422). GitHub says: Validation Failed; Body is too long\n`,
      ]);
      github.heal();
      github.fail(comments, { status: 502, body: {} }, 1);
      github.fail(new RegExp(`^GET ${api}/pulls/${pull.number}$`), limited({ "retry-after": "1" }), 1);
      const reset = String(Math.floor(Date.now() / 1000) - 1);
      github.fail(/check-runs$/, limited({ "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset }), 1);
      const planned = await team.planFailed(pull, invalid);
      expect([planned.conclusion, told(planned).split("\n")]).toEqual([
        "success",
        [
          `GitHub limits this token: trying GET ${api}/pulls/${pull.number} again in 1 s`,
          `GitHub limits this token: trying GET ${api}/commits/${pull.head.sha}/check-runs again in 1 s`,
          `GitHub answered 502: trying ${route} again in 1 s`,
          "",
        ],
      ]);
      expect(team.comments(pull)).toHaveLength(1);

      const before = await serialOf("network");
      const push = team.origin.merge(pull);
      const asked = `GET ${api}/commits/${push.after}/pulls`;
      github.fail(new RegExp(`^${asked}$`), limited({ "retry-after": "3600" }));
      const first = await team.apply(push);
      expect(first.step("npm run --silent apply").stderr).toMatch(
        new RegExp(
          `GitHub limits this token at ${asked} \\(403\\) until about \\d\\d:\\d\\d UTC, 3600 s from now\\. Run the command again then\\.\n$`,
        ),
      );
      expect(await team.records(push.after)).toEqual({ records: [], unfinished: [] });
      expect(await serialOf("network")).toBe(before);

      github.heal();
      github.fail(/^POST .*\/deployments$/, { status: 422, body: { message: "No ref found" } });
      github.fail(/^PATCH .*\/issues\/comments\/\d+$/, { status: 403, body: { message: "Forbidden" } });
      const second = await team.applyAgain(first, push);
      expect([second.jobs.prod, second.step("npm run --silent apply").stdout]).toEqual([
        "success",
        [
          "prod-network  applied: + 0 added, ~ 1 changed, - 0 destroyed",
          `The deployment could not be begun: GitHub does not take what POST ${api}/deployments sent (422). GitHub says: No ref found`,
          `The pull request's comment could not be edited: GitHub does not let this token do PATCH ${api}/issues/comments/${github.repository.comments.at(-1)?.id} (403). GitHub says: Forbidden`,
          "",
        ].join("\n"),
      ]);
      expect(await serialOf("network")).toBe(before + 1);

      github.heal();
      const third = await team.applyAgain(first, push);
      expect(third.conclusion).toBe("success");
      expect(await serialOf("network")).toBe(before + 1);
      expect((await team.records(push.after)).records).toMatchObject([
        { outcome: "applied", run: { attempt: 2 }, stacks: [{ stack: "prod-network", plan: "reviewed" }] },
        { outcome: "nothing", run: { attempt: 3 }, stacks: [{ stack: "prod-network", outcome: "nothing" }] },
      ]);
      expect(team.comments(pull)[0]).toContain("- **prod**: nothing to apply");
    },
    8 * minutes,
  );

  it(
    "in the settings, the comment names the fault and nothing can be merged, until a commit mends it",
    async () => {
      const main = team.origin.onGithub(["show", "main:environments/prod.yaml"]);
      team.set("wrong", { originalsDays: "a year" });
      const pull = team.origin.open("wrong");
      const run = await team.plan(pull);
      expect(run.jobs).toMatchObject({
        changed: "failure",
        environment: "skipped",
        comment: "success",
        status: "failure",
      });
      expect(team.comments(pull)).toEqual([
        expect.stringMatching(
          /## Nothing could be planned: 1 fault in the settings\.\n\n```\nenvironments\/prod\.yaml:\d+:18 retention\.originalsDays: expected .*, but got "a year" \(text\)\..*\n```\n/,
        ),
      ]);
      expect(team.check(pull, "plan/prod")).toBeUndefined();

      team.set("wrong", { originalsDays: /originalsDays: (\d+)$/m.exec(main)?.[1] ?? "" });
      expect((await team.plan(pull)).conclusion).toBe("success");
      expect(team.comments(pull)).toEqual([
        expect.stringContaining("## Nothing in AWS changes with this pull request."),
      ]);
    },
    4 * minutes,
  );
});
