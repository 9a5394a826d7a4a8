import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { loadEnvironment } from "../../../environments/load";
import { PlanStore } from "../../../gitops/review/plan-store";
import { bucketName } from "../../../modules/names";
import type { Pull } from "../../support/github/repository";
import { Team } from "../../support/pull-request/team";
import { describeWithProvider } from "../../support/terraform";

const minutes = 60_000;
const Bucket = bucketName(loadEnvironment("prod"), "state");

describeWithProvider("a pull request that removes a stack", () => {
  const team = new Team({ environments: ["prod"], stacks: ["data", "compute", "network"] });
  beforeAll(() => team.administrator("npm run --silent apply -- prod"), 8 * minutes);

  const without = (branch: string, layer: string): Pull => {
    team.origin.push(branch, (folder) => {
      const file = join(folder, "stacks/build.ts");
      writeFileSync(file, readFileSync(file, "utf8").replace(`,"${layer}"`, ""));
    });
    return team.origin.open(branch);
  };
  const resourcesIn = async (layer: string): Promise<number> => {
    const { Body } = await team.s3().send(new GetObjectCommand({ Bucket, Key: `${layer}.tfstate` }));
    return (JSON.parse((await Body?.transformToString()) ?? "") as { resources: unknown[] }).resources.length;
  };
  const letPass = async (pull: Pull): Promise<void> => {
    const held = team.check(pull, "gate");
    expect(held?.conclusion).toBe("failure");
    const [, label = ""] = /^Held: wants the label (\S+) of a code owner$/.exec(held?.output.title ?? "") ?? [];
    expect((await team.label(pull, label)).step("npm run --silent gate").stdout).toBe("Let pass by maintainer\n");
  };
  const stacksOf = async (merge: string) =>
    (await team.records(merge)).records.flatMap(({ stacks }) =>
      stacks.map(({ stack, outcome, plan, why, counts }) => [stack, outcome, plan, why, counts.destroy]),
    );

  // One repository goes through its life, so these tests build upon each other.
  it(
    "is planned, told, held, let pass by a code owner, and destroys exactly what was reviewed, before what the stack stood on changes",
    async () => {
      team.set("compute", { logDays: 400 });
      const pull = without("compute", "compute");
      expect((await team.plan(pull)).conclusion).toBe("success");
      const [comment = ""] = team.comments(pull);
      expect(comment).toContain("Merging applies 2 changes in prod. prod-compute is removed: 1 resource is destroyed.");
      expect(comment).toContain("| prod | prod-compute |  |  |  | 1 | **the stack is removed** |\n");
      expect(comment).toContain("### Destroyed or replaced\n\n**prod-compute**\n");
      await letPass(pull);

      const manifests = await new PlanStore(team.store()).manifests(pull.number, pull.head.sha);
      const reviewed = manifests.find(({ stack }) => stack === "prod-compute");
      expect(reviewed).toMatchObject({ removedFrom: team.origin.commitOf("main"), counts: { destroy: 1 } });
      const applied = await team.merge(pull);
      expect(applied.conclusion).toBe("success");
      expect(await stacksOf(team.origin.commitOf("main"))).toEqual([
        ["prod-compute", "applied", "reviewed", undefined, 1],
        ["prod-data", "applied", "reviewed", undefined, 0],
      ]);
      expect(team.comments(pull)[0]).toContain("  - prod-compute: 0 added, 0 changed, 1 destroyed\n");
      expect(await resourcesIn("compute")).toBe(0);
    },
    8 * minutes,
  );

  it(
    "is refused when the stack has changed since, and its follow-up destroys it as the commit before had it",
    async () => {
      const pull = without("network", "network");
      await team.plan(pull);
      await letPass(pull);
      team.set("by-hand", { originalsDays: 401 });
      await team.administrator("npm run --silent apply -- prod network", "prod", "by-hand");
      expect((await team.merge(pull)).jobs.prod).toBe("failure");
      const refused = team.origin.commitOf("main");
      expect(await stacksOf(refused)).toEqual([
        [
          ...["prod-network", "refused", "none"],
          "the state has moved on since it was planned (serial 1, now 2), and a plan made now does not do what was reviewed",
          0,
        ],
      ]);

      const [followUp] = team.followUps();
      if (!followUp) throw new Error("There is no follow-up.");
      expect((await team.plan(followUp)).conclusion).toBe("success");
      expect(team.comments(followUp)[0]).toContain("prod-network is removed: 1 resource is destroyed.");
      await letPass(followUp);
      expect((await team.merge(followUp)).conclusion).toBe("success");
      expect(await stacksOf(team.origin.commitOf("main"))).toEqual([
        ["prod-network", "applied", "reviewed", undefined, 1],
      ]);
      expect(await resourcesIn("network")).toBe(0);
      const drift = await team.scheduled("drift.yml");
      expect(drift.step("npm run --silent drift").stdout).toBe("prod-data: as main says\n");
      const reconcile = await team.scheduled("reconcile.yml");
      expect(reconcile.step("npm run --silent reconcile").stdout).toBe("prod has every one of 3 merges.\n");
    },
    10 * minutes,
  );
});
