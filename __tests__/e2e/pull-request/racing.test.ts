import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PlanStore } from "../../../gitops/review/plan-store";
import type { Pull } from "../../support/github/repository";
import { Team } from "../../support/pull-request/team";
import { describeWithProvider } from "../../support/terraform";

const minutes = 60_000;

describeWithProvider("pull requests that race for the same stacks", () => {
  const team = new Team({ environments: ["prod"], stacks: ["data", "network"] });
  const pulls: Record<string, Pull> = {};
  const pull = (branch: string): Pull => pulls[branch] as Pull;
  const open = async (branch: string): Promise<void> => {
    pulls[branch] = team.origin.open(branch);
    await team.plan(pull(branch));
  };
  const stacksOf = async (merge: string) =>
    (await team.records(merge)).records.flatMap(({ outcome, stacks }) =>
      stacks.map(({ stack, outcome: own, plan, why }) => [outcome, stack, own, plan, why]),
    );

  beforeAll(async () => {
    await team.administrator("npm run --silent apply -- prod");
    team.set("first", { logDays: 400 });
    await open("first");
    team.set("second", { quarantineDays: 120 });
    await open("second");
    // Changes the setting's effect and not the setting, so that git has nothing to say.
    team.origin.push("doubled", (folder) => {
      const file = join(folder, "__tests__/support/pull-request/small-stacks.ts");
      const code = readFileSync(file, "utf8");
      writeFileSync(file, code.replace("value: String(days)", 'value: String(layer === "network" ? days * 2 : days)'));
    });
    await open("doubled");
  }, 8 * minutes);

  // One repository goes through its life, so these tests build upon each other.
  it(
    "fail the check of the second when the first is applied, with the reason, and have it planned again",
    async () => {
      const applied = await team.merge(pull("first"));
      expect(applied.conclusion).toBe("success");
      const reason = "prod-data: the state has moved on since it was planned (serial 1, now 2)";
      expect(applied.step("npm run --silent stale").stdout).toBe(
        `#${pull("second").number}: stale; it is planned again\n  ${reason}\n#${pull("doubled").number}: its plan is current\n`,
      );
      expect(team.check(pull("second"), "plan/prod")).toMatchObject({
        conclusion: "failure",
        output: { title: "Stale: planned again", summary: `${reason}.` },
      });
      expect(team.comments(pull("second"))[0]).not.toContain("stale");

      const meanwhile: string[] = [];
      const again = await team.planAgain(pull("second"), {
        onLine: (line) => {
          if (line.startsWith("npm run --silent plan")) meanwhile.push(team.comments(pull("second"))[0] ?? "");
        },
      });
      expect(meanwhile).toEqual([
        expect.stringContaining(
          `<!-- darkroom:status -->\n- **prod**: **the plan below is stale**, and is made again\n  - ${reason}\n`,
        ),
      ]);
      expect(again.map(({ conclusion }) => conclusion)).toEqual(["success"]);
      expect(team.check(pull("second"), "plan/prod")).toMatchObject({
        conclusion: "success",
        output: { title: "0 to add, 1 to change, 0 to replace, 0 to destroy", summary: "The plan is current." },
      });
      expect(team.comments(pull("second"))).toHaveLength(1);
      expect(team.comments(pull("second"))[0]).not.toContain("stale");
    },
    6 * minutes,
  );

  it(
    "are applied in their order when they are merged at once, each with its record, and what does the same is applied",
    async () => {
      team.set("third", { logDays: 545 });
      await open("third");
      team.set("fourth", { originalsDays: 400 });
      await open("fourth");
      const pushes = ["second", "third", "fourth"].map((branch) => team.origin.merge(pull(branch)));
      for (const push of pushes) expect((await team.apply(push)).conclusion).toBe("success");
      expect(await Promise.all(pushes.map(({ after }) => stacksOf(after)))).toEqual([
        [["applied", "prod-data", "applied", "reviewed", undefined]],
        // Its own change is the reviewed one, on top of that of the second.
        [["applied", "prod-data", "applied", "anew", "the configuration has changed since it was planned"]],
        [["applied", "prod-network", "applied", "reviewed", undefined]],
      ]);
      expect(team.comments(pull("third"))[0]).toContain(
        "  - prod-data: 0 added, 1 changed, 0 destroyed; planned anew with the same changes: the configuration has changed since it was planned\n",
      );
    },
    8 * minutes,
  );

  it(
    "are refused when the other has changed what they would do, and a follow-up shows that and applies it",
    async () => {
      const refused = await team.merge(pull("doubled"));
      const why =
        "the configuration has changed since it was planned, and a plan made now does not do what was reviewed";
      expect([refused.conclusion, refused.jobs.prod]).toEqual(["failure", "failure"]);
      expect(await stacksOf(team.origin.commitOf("main"))).toEqual([
        ["refused", "prod-network", "refused", "none", why],
      ]);
      const [followUp, ...others] = team.followUps();
      expect(others).toEqual([]);
      if (!followUp) throw new Error("There is no follow-up.");
      expect(followUp.title).toBe(`Follow-up of #${pull("doubled").number}: prod is not as merged`);
      expect(followUp.body).toContain(`- prod-network: refused: ${why}\n\nNothing was changed.`);
      expect(team.comments(pull("doubled"))[0]).toContain(`; #${followUp.number} shows what is left\n`);

      await team.plan(followUp);
      expect(team.comments(followUp)[0]).toContain("! aws_ssm_parameter.originalsDays changes");
      const [manifest] = await new PlanStore(team.store()).manifests(followUp.number, followUp.head.sha);
      expect((await team.merge(followUp)).conclusion).toBe("success");
      const { records } = await team.records(team.origin.commitOf("main"));
      expect(records).toMatchObject([
        { outcome: "applied", stacks: [{ stack: "prod-network", changesSha256: manifest?.changesSha256 }] },
      ]);
      const reconcile = await team.scheduled("reconcile.yml");
      expect(reconcile.step("npm run --silent reconcile").stdout).toBe("prod has every one of 6 merges.\n");
    },
    8 * minutes,
  );
});
