import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { PlanStore } from "../../../gitops/review/plan-store";
import type { Pull } from "../../support/github/repository";
import { Team } from "../../support/pull-request/team";
import { describeWithProvider } from "../../support/terraform";

const minutes = 60_000;

describeWithProvider("a pull request that is behind main", () => {
  const team = new Team({ environments: ["prod"], stacks: ["data", "network"] });
  beforeAll(() => team.administrator("npm run --silent apply -- prod"), 6 * minutes);

  /** Main gets a commit that the pull request has not been planned with. */
  const moveMain = (text: string) =>
    team.origin.push("main", (folder) => writeFileSync(join(folder, "README.md"), text));
  const reviewedOf = async (pull: Pull) => {
    const manifests = await new PlanStore(team.store()).manifests(pull.number, pull.head.sha);
    return new Map(manifests.map(({ stack, changesSha256 }) => [stack, changesSha256]));
  };

  it(
    "is applied as it was reviewed when it is squashed: main's tree is another one, the configuration is the same",
    async () => {
      team.set("squashed", { logDays: 400 });
      const pull = team.origin.open("squashed");
      team.set("squashed", { quarantineDays: 120 });
      expect((await team.plan(pull)).conclusion).toBe("success");
      moveMain("one");
      const applied = await team.merge(pull, "squash");
      const main = team.origin.commitOf("main");
      expect(team.origin.onGithub(["rev-list", "--parents", "-n", "1", main]).split(" ")).toHaveLength(2);
      expect(applied.step("npm run --silent apply").stdout).toBe(
        "prod-data  applied: + 0 added, ~ 2 changed, - 0 destroyed\n",
      );
      expect((await team.records(main)).records).toMatchObject([
        {
          outcome: "applied",
          pullRequest: pull.number,
          stacks: [{ stack: "prod-data", plan: "reviewed", changesSha256: (await reviewedOf(pull)).get("prod-data") }],
        },
      ]);
    },
    6 * minutes,
  );

  it(
    "is applied as it was reviewed when it is rebased, with its comment made again where somebody has deleted it",
    async () => {
      const { repository } = team.github;
      team.set("rebased", { logDays: 545 });
      const pull = team.origin.open("rebased");
      await team.plan(pull);
      const [old] = team.comments(pull);
      expect(old).toContain("prod keeps logs 545 days instead of 400");
      repository.comments = repository.comments.filter(({ issue }) => issue !== pull.number);

      team.set("rebased", { originalsDays: 400 });
      expect((await team.plan(pull)).step("npm run --silent comment").stdout).toBe(
        `#${pull.number}: made: Merging applies 2 changes in prod.\n`,
      );
      expect(team.comments(pull)).toHaveLength(1);
      repository.comments = repository.comments.filter(({ issue }) => issue !== pull.number);

      moveMain("two");
      const before = team.origin.commitOf("main");
      const applied = await team.merge(pull, "rebase");
      const main = team.origin.commitOf("main");
      expect(team.origin.onGithub(["rev-list", "--count", `${before}..${main}`])).toBe("2");
      expect(applied.step("npm run --silent apply").stderr).toContain(`checking out ${before.slice(0, 12)}\n`);
      const reviewed = await reviewedOf(pull);
      expect((await team.records(main)).records).toMatchObject([
        {
          outcome: "applied",
          stacks: ["prod-data", "prod-network"].map((stack) => ({
            ...{ stack, plan: "reviewed", outcome: "applied" },
            changesSha256: reviewed.get(stack),
          })),
        },
      ]);
      expect(team.comments(pull)).toEqual([
        "<!-- darkroom:plan -->\n<!-- darkroom:status -->\n" +
          `- **prod**: applied as it was reviewed ([run](https://github.test/image-platform/darkroom/actions/runs/${applied.id}))\n` +
          "  - prod-data: 0 added, 1 changed, 0 destroyed\n  - prod-network: 0 added, 1 changed, 0 destroyed\n" +
          "<!-- /darkroom:status -->\n\n",
      ]);
    },
    6 * minutes,
  );

  it(
    "leaves nothing that the nightly comparison would find",
    async () => {
      const drift = await team.scheduled("drift.yml");
      expect(drift.step("npm run --silent drift").stdout).toBe("prod-data: as main says\nprod-network: as main says\n");
    },
    4 * minutes,
  );
});
