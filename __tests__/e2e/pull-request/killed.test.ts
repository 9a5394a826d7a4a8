import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { loadEnvironment } from "../../../environments/load";
import { bucketName } from "../../../modules/names";
import { descendants } from "../../support/pull-request/descendants";
import type { RunningLine } from "../../support/pull-request/job-run";
import { Team } from "../../support/pull-request/team";
import { describeWithProvider } from "../../support/terraform";

const minutes = 60_000;

describeWithProvider("an apply that is killed while it changes something", () => {
  const team = new Team({ environments: ["prod"], stacks: ["data", "network"] });
  beforeAll(() => team.administrator("npm run --silent apply -- prod"), 6 * minutes);

  const kill = (pid: number): void => {
    try {
      process.kill(pid, "SIGKILL");
    } catch (error) {
      // It has ended with the one that was killed before it.
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  };
  /** Kills processes of the apply as soon as Terraform has asked the account for a change. */
  const killAt = (pattern: RegExp, which: (name: string) => boolean) => {
    const asked = team.aws.hold(pattern);
    return (line: string, { pid }: RunningLine): void => {
      if (!line.startsWith("npm run --silent apply")) return;
      void asked.then(() => {
        for (const each of [{ pid, name: "shell" }, ...descendants(pid)]) if (which(each.name)) kill(each.pid);
        team.aws.heal();
      });
    };
  };
  const locks = async (): Promise<string[]> => {
    const s3 = team.s3();
    const { Contents = [] } = await s3.send(
      new ListObjectsV2Command({ Bucket: bucketName(loadEnvironment("prod"), "state") }),
    );
    s3.destroy();
    return Contents.flatMap(({ Key = "" }) => (Key.endsWith(".tflock") ? [Key] : []));
  };
  /** The line that is told, run as it is told. */
  const unlockAsTold = async (text: string, stack: string): Promise<void> => {
    const [told = ""] = new RegExp(`npm run unlock -- prod ${stack} [0-9a-f-]{36}`).exec(text) ?? [];
    expect([text, told]).toEqual([text, expect.stringContaining("npm run unlock")]);
    await team.administrator(told);
    expect(await locks()).toEqual([]);
  };

  it(
    "with Terraform alone: the log tells of the lock with the line to run, and a follow-up shows what is left and applies it",
    async () => {
      team.set("one", { logDays: 400 });
      const pull = team.origin.open("one");
      await team.plan(pull);
      const killed = await team.merge(pull, "merge", {
        onLine: killAt(/PutRetentionPolicy/, (name) => name.startsWith("terraform")),
      });
      expect(killed.jobs.prod).toBe("failure");
      const main = team.origin.commitOf("main");
      const { stdout } = killed.step("npm run --silent apply");
      expect(stdout).toContain("prod-data: terraform apply was killed.");
      expect(stdout).toContain("0 of 1 changes were made before that.");
      expect((await team.records(main)).records).toMatchObject([
        { outcome: "failed", stacks: [{ stack: "prod-data", outcome: "failed", serialBefore: 1, serialAfter: 1 }] },
      ]);
      expect(team.comments(pull)[0]).toContain("  - prod-data: failed; the run's log says why\n");
      const [followUp] = team.followUps();
      if (!followUp) throw new Error("There is no follow-up.");
      expect(followUp.body).toContain("**Do not run that apply again**: its plans are used up or stale");

      expect(await locks()).toEqual(["data.tfstate.tflock"]);
      await unlockAsTold(stdout, "data");
      await team.plan(followUp);
      expect((await team.merge(followUp)).conclusion).toBe("success");
      expect((await team.records(team.origin.commitOf("main"))).records).toMatchObject([
        { outcome: "applied", stacks: [{ stack: "prod-data", plan: "reviewed", counts: { change: 1 } }] },
      ]);
    },
    8 * minutes,
  );

  it(
    "with its whole computer: the reconciler is red, and another run says so, tells of the lock, and applies it once that is gone",
    async () => {
      team.set("two", { originalsDays: 400 });
      const pull = team.origin.open("two");
      await team.plan(pull);
      const push = team.origin.merge(pull);
      const lost = await team.apply(push, { onLine: killAt(/AmazonSSM\.PutParameter/, () => true) });
      const begun = lost.steps.map(({ job, line, code }) => [job, line.split(" ")[3], code]);
      expect(begun.filter(([job]) => job === "prod").at(-1)).toEqual(["prod", "apply", undefined]);
      // Another computer tells whose plans are stale.
      expect(begun.at(-1)).toEqual(["stale-prod", "stale", 0]);
      const run = { id: String(lost.id), attempt: 1 };
      expect(await team.records(push.after)).toMatchObject({ records: [], unfinished: [{ run, environment: "prod" }] });

      const red = await team.scheduled("reconcile.yml");
      expect([red.conclusion, red.step("npm run --silent reconcile").code]).toEqual(["failure", 2]);
      const issue = () => team.github.repository.issues.find(({ title }) => title === "prod lacks merges of main");
      expect(issue()?.body).toContain(`- #${pull.number} (${push.after.slice(0, 12)}, `);
      expect(issue()?.body).toMatch(/killed/);

      const second = await team.applyAgain(lost, push);
      const { stdout } = second.step("npm run --silent apply");
      expect(stdout).toContain(
        `Run ${lost.id}, attempt 1, began this apply and never ended: it was killed, and its lock may still be held.`,
      );
      expect(stdout).toContain("Error acquiring the state lock");
      await unlockAsTold(stdout, "network");

      const third = await team.applyAgain(lost, push);
      expect(third.conclusion).toBe("success");
      expect((await team.records(push.after)).records).toMatchObject([
        { outcome: "failed", run: { attempt: 2 }, stacks: [{ serialBefore: 1, serialAfter: 1 }] },
        { outcome: "applied", run: { attempt: 3 }, stacks: [{ serialBefore: 1, serialAfter: 2, plan: "reviewed" }] },
      ]);
      expect(team.followUps()).toEqual([]);
      const green = await team.scheduled("reconcile.yml");
      expect(green.step("npm run --silent reconcile").code).toBe(0);
      expect(issue()?.state).toBe("closed");
    },
    8 * minutes,
  );
});
