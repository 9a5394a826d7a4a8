import { GetBucketLifecycleConfigurationCommand } from "@aws-sdk/client-s3";
import { loadEnvironment } from "../../../environments/load";
import { PlanStore } from "../../../gitops/review/plan-store";
import { bucketName } from "../../../modules/names";
import { Team } from "../../support/pull-request/team";
import { describeWithProvider } from "../../support/terraform";

const minutes = 60_000;

/** The stacks `bootstrap` and `data` as they are; S3 lets the provider wait a minute for each change of a lifecycle. */
describeWithProvider("a pull request that shortens retention in prod", () => {
  const team = new Team({ environments: ["prod"], stacks: "real" });

  beforeAll(async () => {
    await team.administrator("npm run --silent bootstrap -- prod");
    await team.administrator("npm run --silent apply -- prod data");
  }, 8 * minutes);

  const daysKept = async (): Promise<(number | undefined)[]> => {
    const s3 = team.s3();
    const Bucket = bucketName(loadEnvironment("prod"), "processed");
    const { Rules = [] } = await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
    s3.destroy();
    return Rules.flatMap(({ Expiration }) => Expiration?.Days ?? []);
  };

  it(
    "is planned, told in one comment, held, let pass by a code owner, and applied exactly as it was reviewed",
    async () => {
      expect(await daysKept()).toEqual([30]);
      team.set("shorter", { processedDays: 21 });
      const pull = team.origin.open("shorter");
      expect((await team.plan(pull)).conclusion).toBe("success");
      const [first, ...more] = team.github.repository.comments;
      expect(more).toEqual([]);
      expect(first?.body).toContain("prod keeps processed images and their feature records 21 days instead of 30");

      team.set("shorter", { processedDays: 14 });
      expect((await team.plan(pull)).jobs).toEqual({
        again: "skipped",
        changed: "success",
        environment: "success",
        comment: "success",
        status: "success",
      });
      expect(team.github.repository.comments).toEqual([first]);
      expect(first?.body).toContain("prod keeps processed images and their feature records 14 days instead of 30");
      expect(first?.body).not.toContain("21 days");
      expect(first?.body).toContain(`Planned for ${pull.head.sha.slice(0, 12)} merged into`);

      const gate = () => team.check(pull, "gate");
      expect(gate()).toMatchObject({ conclusion: "failure" });
      const [, label = ""] = /^Held: wants the label (\S+) of a code owner$/.exec(gate()?.output.title ?? "") ?? [];
      expect((await team.label(pull, label, "stranger")).step("npm run --silent gate").stdout).toBe(
        `Held: stranger is no code owner, one has to give ${label}\n`,
      );
      expect((await team.label(pull, label)).step("npm run --silent gate").stdout).toBe("Let pass by maintainer\n");
      expect(gate()).toMatchObject({ conclusion: "success" });

      const applied = await team.merge(pull);
      expect(applied.step("npm run --silent apply").stdout).toContain("prod-data  applied: + 0 added, ~ 1 changed");
      const [reviewed] = await new PlanStore(team.store()).manifests(pull.number, pull.head.sha);
      const { records } = await team.records(team.origin.commitOf("main"));
      expect(records).toMatchObject([
        {
          ...{ pullRequest: pull.number, environment: "prod", outcome: "applied", actor: "merger" },
          stacks: [
            {
              ...{ stack: "prod-data", outcome: "applied", plan: "reviewed" },
              changesSha256: reviewed?.changesSha256,
              counts: { add: 0, change: 1, destroy: 0 },
              serialBefore: reviewed?.binding.state?.serial,
              serialAfter: (reviewed?.binding.state?.serial ?? 0) + 1,
            },
          ],
        },
      ]);
      expect(first?.body).toContain(
        `- **prod**: applied as it was reviewed ([run](https://github.test/image-platform/darkroom/actions/runs/${applied.id}))\n  - prod-data: 0 added, 1 changed, 0 destroyed\n`,
      );
      expect(team.github.repository.comments).toEqual([first]);
      expect(await daysKept()).toEqual([14]);

      // The comment is the applies' now: neither a label nor a plan that comes late writes over what they told.
      const told = first?.body;
      expect((await team.label(pull, label, "author")).step("npm run --silent gate").stdout).toContain("Held: author");
      expect((await team.plan(pull)).step("npm run --silent comment").stdout).toMatch(/^#\d+: superseded: /);
      expect(team.github.repository.comments.map(({ body }) => body)).toEqual([told]);
    },
    8 * minutes,
  );

  it(
    "leaves nothing that the nightly comparison or the reconciler would find",
    async () => {
      const drift = await team.scheduled("drift.yml");
      expect([drift.conclusion, drift.step("npm run --silent drift").stdout]).toEqual([
        "success",
        "prod-bootstrap: as main says\nprod-data: as main says\n",
      ]);
      const reconcile = await team.scheduled("reconcile.yml");
      expect(reconcile.step("npm run --silent reconcile").stdout).toBe("prod has every one of 1 merges.\n");
      // The one that the first commit would have needed; the merge's own stays as long as it may be applied again.
      expect(reconcile.step("npm run --silent approvals").stdout).toMatch(/^Gone: approve-[0-9a-f]+\n$/);
      const [pull] = team.github.repository.pulls;
      expect(team.github.repository.labels.map(({ name }) => name)).toEqual(pull?.labels);
      expect(team.github.repository.issues).toEqual([]);
    },
    4 * minutes,
  );
});
