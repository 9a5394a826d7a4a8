import type { RunOptions } from "../../support/pull-request/runner";
import { Team } from "../../support/pull-request/team";
import { describeWithProvider } from "../../support/terraform";

const minutes = 60_000;
const environments = ["dev", "prod"];

/** A promise that somebody else ends. */
function promised<T = void>() {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

describeWithProvider("merges that wait for an approval of prod", () => {
  const team = new Team({ environments, stacks: ["data", "network"] });
  beforeAll(
    () => Promise.all(environments.map((name) => team.administrator(`npm run --silent apply -- ${name}`, name))),
    6 * minutes,
  );

  /** Has prod wait for a word: "rejected" or none. */
  const waiting = (asked: string[], name: string) => {
    const [came, answer] = [promised(), promised<"rejected" | undefined>()];
    const onApproval: RunOptions["onApproval"] = (environment) => {
      asked.push(`${name} ${environment}`);
      if (environment !== "prod") return undefined;
      came.resolve();
      return answer.promise;
    };
    return { onApproval, came: came.promise, answer: answer.resolve };
  };
  const recordOf = async (commit: string, environment: string) =>
    (await team.records(commit, environment)).records.map(({ outcome, stacks }) => [
      outcome,
      ...stacks.map(({ stack, plan, why, counts }) => [stack, plan, why ?? counts.change].join(" ")),
    ]);

  it(
    "hold nothing but prod: a later one gets into dev meanwhile, and into prod after them",
    async () => {
      team.set("one", { logDays: 400 }, environments);
      const one = team.origin.open("one");
      team.set("two", { originalsDays: 400 }, environments);
      const two = team.origin.open("two");
      for (const pull of [one, two]) await team.plan(pull);
      const pushes = [one, two].map((pull) => team.origin.merge(pull));
      const [first, second] = pushes as [(typeof pushes)[0], (typeof pushes)[0]];

      const asked: string[] = [];
      const [ofOne, ofTwo] = [waiting(asked, "one"), waiting(asked, "two")];
      const runOne = team.apply(first, { onApproval: ofOne.onApproval });
      await ofOne.came;
      const through = promised();
      const runTwo = team.apply(second, {
        onApproval: ofTwo.onApproval,
        onLine: (line, { ended }) => {
          if (line.includes("stale -- --environment dev")) void ended.then(() => through.resolve());
        },
      });
      await through.promise;
      expect(await recordOf(second.after, "dev")).toEqual([["applied", "dev-network reviewed 1"]]);
      expect(asked).toEqual(["one dev", "one prod", "two dev"]);
      const reconciled = await team.scheduled("reconcile.yml");
      expect(reconciled.steps.filter(({ line }) => line.includes("reconcile")).map(({ code }) => code)).toEqual([0, 0]);

      ofOne.answer(undefined);
      await ofTwo.came;
      expect(await recordOf(first.after, "prod")).toEqual([["applied", "prod-data reviewed 1"]]);
      expect(await recordOf(second.after, "prod")).toEqual([]);
      ofTwo.answer(undefined);
      expect([(await runOne).conclusion, (await runTwo).conclusion]).toEqual(["success", "success"]);
      expect(await recordOf(second.after, "prod")).toEqual([["applied", "prod-network reviewed 1"]]);
    },
    10 * minutes,
  );

  it(
    "are not overtaken in prod even where GitHub's queue lets a later one go first, and do not turn back a newer one later",
    async () => {
      team.set("older", { logDays: 545 }, environments);
      const older = team.origin.open("older");
      await team.plan(older);
      const first = team.origin.merge(older);
      const asked: string[] = [];
      const ofOlder = waiting(asked, "older");
      const runOlder = team.apply(first, { onApproval: ofOlder.onApproval });
      await ofOlder.came;

      team.set("newer", { quarantineDays: 120 }, environments);
      const newer = team.origin.open("newer");
      await team.plan(newer);
      // What waits for prod still is in its plan, too, and so was looked at.
      expect(team.comments(newer)[0]).toContain("## Merging applies 1 change in dev and 2 changes in prod.");
      const second = team.origin.merge(newer);
      const overtaking = await team.apply(second, { turns: false });
      expect(overtaking.jobs).toMatchObject({ dev: "success", prod: "failure", "stale-prod": "success" });
      expect(overtaking.steps.find(({ line }) => line.includes("apply -- prod"))?.stderr).toMatch(
        new RegExp(
          `prod: merges are applied in their order, and before ${second.after.slice(0, 12)} comes ${first.after.slice(0, 12)} \\(https://\\S+\\), which waits or runs still\\. ` +
            "Nothing was changed\\. Once that is approved and applied, or rejected, run this job again\\.\n$",
        ),
      );
      expect(await team.records(second.after, "prod")).toEqual({ records: [], unfinished: [] });

      ofOlder.answer("rejected");
      const rejected = await runOlder;
      expect(rejected.jobs).toMatchObject({ dev: "success", prod: "failure" });
      expect((await team.applyFailed(overtaking, second)).jobs.prod).toBe("success");
      expect(await recordOf(second.after, "prod")).toEqual([["applied", "prod-data reviewed 2"]]);

      // Somebody has thought better of it, and approves the older one now.
      expect((await team.applyFailed(rejected, first)).jobs.prod).toBe("success");
      expect(await recordOf(first.after, "prod")).toEqual([
        ["nothing", `prod-data none a later merge, ${second.after.slice(0, 12)}, is applied to it already`],
      ]);
      const drift = await team.scheduled("drift.yml");
      expect(drift.conclusion).toBe("success");
    },
    12 * minutes,
  );
});
