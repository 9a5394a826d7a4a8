import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Team } from "../../support/pull-request/team";
import { describeWithProvider } from "../../support/terraform";

const minutes = 60_000;
const environments = ["dev", "staging", "prod"];

describeWithProvider("a merge on its way from dev by staging to prod", () => {
  const team = new Team({ environments, stacks: ["data"] });
  beforeAll(
    () => Promise.all(environments.map((name) => team.administrator(`npm run --silent apply -- ${name}`, name))),
    6 * minutes,
  );

  it(
    "is held against the states again after each approval: it ends where one was moved meanwhile, and goes on from there once that is settled",
    async () => {
      team.set("byHand", { logDays: 60 }, ["staging"]);
      team.set("all", { logDays: 400 }, environments);
      const pull = team.origin.open("all");
      expect((await team.plan(pull)).step("npm run --silent comment").stdout).toBe(
        `#${pull.number}: made: Merging applies 1 change in dev, 1 change in staging and 1 change in prod.\n`,
      );
      const push = team.origin.merge(pull);
      const stacksIn = async (environment: string) =>
        (await team.records(push.after, environment)).records.map(({ outcome, approvedBy, stacks }) => [
          ...[outcome, approvedBy.join()],
          ...stacks.flatMap(({ plan, why, serialBefore, serialAfter }) => [plan, why, serialBefore, serialAfter]),
        ]);

      const asked: string[] = [];
      const first = await team.apply(push, {
        onApproval: async (environment) => {
          asked.push(environment);
          // Somebody with every right in the account applies what nobody has reviewed.
          if (environment === "staging") {
            await team.administrator("npm run --silent apply -- staging", "staging", "byHand");
          }
        },
      });
      expect(asked).toEqual(["dev", "staging"]);
      expect(first.jobs).toEqual({
        ...{ dev: "success", "stale-dev": "success", staging: "failure", "stale-staging": "success" },
        ...{ prod: "skipped", "stale-prod": "skipped" },
      });
      const moved = "the state has moved on since it was planned (serial 1, now 2)";
      expect(await stacksIn("dev")).toEqual([["applied", "approver", "reviewed", undefined, 1, 2]]);
      const refused = [
        ...["refused", "approver", "none", `${moved}, and a plan made now does not do what was reviewed`],
        ...[2, 2],
      ];
      expect(await stacksIn("staging")).toEqual([refused]);
      expect(await team.records(push.after, "prod")).toEqual({ records: [], unfinished: [] });
      expect(team.followUps().map(({ head }) => head.ref)).toEqual([`follow-up/${pull.number}-staging`]);

      await team.administrator("npm run --silent apply -- staging", "staging", push.before);
      const second = await team.applyFailed(first, push, {
        onApproval: (environment) => {
          asked.push(environment);
          // Its own apply waits for the end of this one.
          if (environment === "prod") {
            team.origin.push("main", (folder) => writeFileSync(join(folder, "README.md"), "later"));
          }
        },
      });
      expect(asked).toEqual(["dev", "staging", "staging", "prod"]);
      expect(Object.values(second.jobs)).toEqual(Array(6).fill("success"));
      const anew = "the state has moved on since it was planned (serial 1, now 3)";
      expect(await stacksIn("staging")).toEqual([refused, ["applied", "approver", "anew", anew, 3, 4]]);
      expect(await stacksIn("prod")).toEqual([["applied", "approver", "reviewed", undefined, 1, 2]]);
      expect(team.followUps()).toEqual([]);
    },
    10 * minutes,
  );
});
