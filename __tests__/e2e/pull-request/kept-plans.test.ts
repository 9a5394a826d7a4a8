import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { loadEnvironment } from "../../../environments/load";
import { PlanStore } from "../../../gitops/review/plan-store";
import { bucketName } from "../../../modules/names";
import type { Pull } from "../../support/github/repository";
import { Team } from "../../support/pull-request/team";
import { describeWithProvider } from "../../support/terraform";

const minutes = 60_000;
const bucket = (part: "plans" | "state") => bucketName(loadEnvironment("prod"), part);

describeWithProvider("between the plan of a pull request and its merge", () => {
  const team = new Team({ environments: ["prod"], stacks: ["data", "network", "streaming", "analytics", "compute"] });
  const all = {} as { pull: Pull };
  beforeAll(() => team.administrator("npm run --silent apply -- prod"), 8 * minutes);

  /** As somebody with every right in the account. */
  const read = async (part: "plans" | "state", Key: string): Promise<string> => {
    const s3 = team.s3();
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket(part), Key }));
    return (await Body?.transformToString()) ?? "";
  };
  const write = (part: "plans" | "state", Key: string, Body: string) =>
    team.s3().send(new PutObjectCommand({ Bucket: bucket(part), Key, Body }));
  const remove = (Key: string) => team.s3().send(new DeleteObjectCommand({ Bucket: bucket("plans"), Key }));
  const moveState = async (layer: string, edit: (state: { resources: unknown[] }) => void): Promise<void> => {
    const state = JSON.parse(await read("state", `${layer}.tfstate`)) as { serial: number; resources: unknown[] };
    state.serial += 1;
    edit(state);
    await write("state", `${layer}.tfstate`, JSON.stringify(state));
  };
  const place = (pull: Pull, run: { readonly id: number }, layer: string) =>
    `reviews/pr-${pull.number}/${pull.head.sha}/${run.id}-1/prod/prod-${layer}`;

  it(
    "kept plans may go, be exchanged, or be put there from elsewhere, and states may move: each is planned anew, and applied only if it does the same",
    async () => {
      team.set("other", { processedDays: 90 });
      const other = team.origin.open("other");
      const otherRun = await team.plan(other);
      team.set("all", { logDays: 400, originalsDays: 400, quarantineDays: 120, processedDays: 60 });
      const pull = team.origin.open("all");
      all.pull = pull;
      const run = await team.plan(pull);
      expect(run.step("npm run --silent comment").stdout).toBe(
        `#${pull.number}: made: Merging applies 6 changes in prod.\n`,
      );

      await moveState("data", () => {});
      await remove(`${place(pull, run, "network")}/plan.tfplan`);
      await write("plans", `${place(pull, run, "streaming")}/plan.tfplan`, "something else");
      for (const file of ["manifest.json", "plan.tfplan", "terraform.lock.hcl"]) {
        const theirs = await read("plans", `${place(other, otherRun, "analytics")}/${file}`);
        await write("plans", `${place(pull, run, "analytics")}/${file}`, theirs);
      }
      await moveState("compute", (state) => {
        state.resources = [];
      });

      const applied = await team.merge(pull);
      expect(applied.jobs.prod).toBe("failure");
      const [record] = (await team.records(team.origin.commitOf("main"))).records;
      const facts = record?.stacks.map(({ stack, outcome, plan, why }) => [stack, outcome, plan, why]);
      const moved = "the state has moved on since it was planned (serial 1, now 2)";
      const otherwise = ", and a plan made now does not do what was reviewed";
      expect(facts?.sort()).toEqual([
        ["prod-analytics", "refused", "none", `no plan of it was reviewed${otherwise}`],
        ["prod-compute", "refused", "none", `${moved}${otherwise}`],
        ["prod-data", "applied", "anew", moved],
        ["prod-network", "applied", "anew", "the reviewed plan is no longer kept"],
        ["prod-streaming", "applied", "anew", "the kept plan is not the one that was reviewed"],
      ]);
      expect(record?.outcome).toBe("refused");
      const [followUp] = team.followUps();
      expect(followUp?.body).toContain(`- prod-compute: refused: ${moved}${otherwise}\n`);
      const [comment = ""] = team.comments(pull);
      expect(comment).toContain(
        `- **prod**: **not applied as it was reviewed** ([run](https://github.test/image-platform/darkroom/actions/runs/${applied.id})); #${followUp?.number} shows what is left\n`,
      );
      expect(comment).toContain(
        "  - prod-network: 0 added, 1 changed, 0 destroyed; planned anew with the same changes: the reviewed plan is no longer kept\n",
      );
    },
    8 * minutes,
  );

  it(
    "a pull request from a fork is not planned, nothing is applied when it is merged around the gate, and a plan that lies where its own would counts for nothing",
    async () => {
      team.set("fork", { originalsDays: 401 });
      const pull = team.origin.open("fork", { user: { login: "stranger", type: "User" } });
      pull.head.repo = { full_name: "stranger/darkroom" };
      const run = await team.plan(pull);
      const skipped = ["again", "changed", "environment", "comment"].map((name) => [name, "skipped"]);
      expect(run.jobs).toEqual({ ...Object.fromEntries(skipped), status: "success" });
      expect(run.steps).toEqual([]);
      const push = team.origin.merge(pull);
      const applied = await team.apply(push);
      expect(applied.jobs.prod).toBe("failure");
      const stacks = async () => (await team.records(push.after)).records.map((record) => record.stacks);
      const why = `the check gate of ${pull.head.sha.slice(0, 12)} was not passed when it was merged, it was never set`;
      const refused = (reason: string) => [
        expect.objectContaining({ stack: "prod-network", outcome: "refused", why: reason }),
      ];
      expect(await stacks()).toEqual([refused(why)]);
      expect(team.comments(pull)).toEqual([expect.stringContaining(`  - prod-network: refused: ${why}\n`)]);

      // As if somebody had both opened the gate by hand and put a plan there by hand, with the run of the fork's own commit.
      const check = team.github.repository.checks.findLast(({ name }) => name === "gate");
      if (!check) throw new Error("There is no check gate.");
      const passed = { id: team.github.repository.nextId(), head_sha: pull.head.sha, conclusion: "success" as const };
      team.github.repository.checks.push({ ...check, ...passed });
      const [theirs] = await new PlanStore(team.store()).manifests(all.pull.number, all.pull.head.sha);
      if (!theirs) throw new Error("There is no plan to take.");
      const own = { pullRequest: pull.number, head: pull.head.sha, run: { id: String(run.id), attempt: 1 } };
      const manifest = { ...theirs, ...own, stack: "prod-network" };
      await write("plans", `${place(pull, run, "network")}/manifest.json`, JSON.stringify(manifest));
      expect(await new PlanStore(team.store()).manifests(pull.number, pull.head.sha)).toEqual([manifest]);
      expect((await team.applyAgain(applied, push)).jobs.prod).toBe("failure");
      expect(await stacks()).toEqual([
        refused(why),
        refused("no plan of it was reviewed, and a plan made now does not do what was reviewed"),
      ]);
    },
    6 * minutes,
  );

  it(
    "what a job has found is not shown as that of another pull request, and what no job has found is told as missing",
    async () => {
      const [one, two] = ["results", "mixed"].map((branch) => {
        team.origin.push(branch, (folder) => writeFileSync(join(folder, "README.md"), branch));
        return team.origin.open(branch);
      });
      if (!one || !two) throw new Error("There are no pull requests.");
      const lost = await team.plan(one, { onUpload: (file, text) => (file === "result-prod.json" ? undefined : text) });
      expect(lost.conclusion).toBe("success");
      expect(team.comments(one)[0]).toContain("The job that plans it left no result; its log says why.");
      expect(team.check(one, "plan/prod")).toMatchObject({
        conclusion: "failure",
        output: { title: "Could not be planned" },
      });

      const mixed = await team.plan(two, {
        onUpload: (file, text) =>
          file === "result-prod.json" ? text.replace(`: ${two.number},`, `: ${one.number},`) : text,
      });
      expect(mixed.jobs).toMatchObject({ comment: "failure", status: "failure" });
      expect(mixed.step("npm run --silent comment").stderr).toBe(
        `Expected results of #${two.number} at ${two.head.sha.slice(0, 12)}, but got prod: #${one.number} ${two.head.sha.slice(0, 12)}.\n`,
      );
      expect(team.comments(two)).toEqual([]);
      expect(team.check(two, "gate")).toBeUndefined();
    },
    6 * minutes,
  );

  it(
    "a gate that somebody has set by hand opens nothing: the apply asks for a code owner's label once more",
    async () => {
      team.set("shorter", { originalsDays: 200 });
      const pull = team.origin.open("shorter");
      await team.plan(pull);
      const check = team.check(pull, "gate");
      expect(check).toMatchObject({ conclusion: "failure" });
      const { title = "" } = check?.output ?? {};
      expect(title).toMatch(/^Held: wants the label approve-[0-9a-f]{32} of a code owner$/);
      Object.assign(check ?? {}, { conclusion: "success", output: { title: "Let pass by maintainer", summary: "" } });
      const push = team.origin.merge(pull);
      expect((await team.apply(push)).jobs.prod).toBe("failure");
      const why = `the merge has what the gate holds, and no code owner let exactly this pass. ${title}`;
      expect((await team.records(push.after)).records.map(({ stacks }) => stacks)).toEqual([
        [expect.objectContaining({ stack: "prod-network", outcome: "refused", why })],
      ]);
    },
    6 * minutes,
  );
});
