import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, symlink } from "node:fs/promises";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { LocalGithub } from "../../__tests__/support/github/github";
import { loadEnvironments } from "../../environments/load";
import { repositoryFolder } from "../../environments/repository";
import { promotionOrder } from "../../gitops/environments/promotion";
import { findTerraform } from "../../gitops/terraform/find-terraform";
import { readAllStacks } from "../../gitops/terraform/manifest";
import { median } from "../median";
import { appliedAccount } from "./account";
import { type Diffs, diff, installCdktf } from "./cdktf";
import { type Review, review } from "./darkroom";
import { makePullRequest, type PullRequest } from "./pull-request";
import type { PlanBench } from "./result";

const runFile = promisify(execFile);

interface Round {
  readonly our: Review;
  readonly few: Review;
  readonly their: Diffs;
}

/** Every resource of every stack gets another tag: nothing can be left out, and every plan has something to show. */
const tagEverything = (text: string): string => text.replace(/^( {2}costCentre: )\S+$/m, "$1bench");
/** What an administrator does on a common day. */
const keepLonger = (text: string): string => text.replace(/^( {2}processedDays: )30$/m, "$145");

/** All of it in one run; every server it starts ends with it. */
export async function benchPlan(
  { rounds, oneSynth }: { readonly rounds: number; readonly oneSynth: boolean },
  progress: (message: string) => void,
): Promise<PlanBench> {
  const root = repositoryFolder();
  const environments = promotionOrder(loadEnvironments()).map(({ name }) => name);
  const folder = await mkdtemp(join(tmpdir(), "darkroom-bench-"));
  const closing: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
  try {
    progress("Installing cdktf-cli");
    const program = await installCdktf(root);
    const { source } = await findTerraform({ env: process.env, cacheFolder: join(root, ".cache") });
    const baseOut = join(folder, "base.out");
    await runFile("npm", ["run", "--silent", "synth"], { cwd: root, env: { ...process.env, CDKTF_OUTDIR: baseOut } });
    const all = readAllStacks(baseOut).filter(({ environment }) => environments.includes(environment));
    const stacks = all.map(({ name, environment }) => [name, environment] as const);
    const account = await appliedAccount(
      join(root, ".cache", "bench", "plan-account"),
      baseOut,
      environments,
      progress,
    );
    closing.push(account.stop);
    const github = new LocalGithub();
    await github.start();
    closing.push(() => github.stop());

    const everything = makePullRequest(root, join(folder, "everything"), environments, tagEverything);
    const oneSetting = makePullRequest(root, join(folder, "one-setting"), ["prod"], keepLonger);
    const [ofEverything, ofOneSetting, ofCdktf] = [
      await checkoutsOf(everything, environments),
      await checkoutsOf(oneSetting, environments),
      (await checkoutsOf(everything, ["cdktf"])).cdktf ?? "",
    ];
    let runs = 0;
    const ours = (pull: PullRequest, checkouts: Readonly<Record<string, string>>) => {
      runs++;
      openPull(github, pull);
      return review({ pull, checkouts, account, github, run: runs });
    };
    const props = { program, folder: ofCdktf, account, stacks, home: join(folder, "home") };
    const theirs = (once: boolean) => diff({ ...props, cliConfigFile: source.cliConfigFile, oneSynth: once });

    progress("One round that is not counted");
    const warm = await ours(everything, ofEverything);
    const load = loadavg()[0] ?? 0;
    const measured: Round[] = [];
    for (let round = 1; round <= rounds; round++) {
      const our = await ours(everything, ofEverything);
      const few = await ours(oneSetting, ofOneSetting);
      const their = await theirs(false);
      expectSamePlans(our.stacks, their.stacks);
      measured.push({ our, few, their });
      const [all, one, cdktf] = [our, few, their].map(({ seconds }) => `${seconds.toFixed(1)} s`);
      progress(`Round ${round} of ${rounds}: ${all} (one setting ${one}) against ${cdktf}`);
    }
    const sparing = oneSynth ? await theirs(true) : undefined;
    if (sparing) expectSamePlans(warm.stacks, sparing.stacks);
    const of = (pick: (round: Round) => number): number => rounded(median(measured.map(pick)));
    const seconds = of(({ our }) => our.seconds);
    const cdktfSeconds = of(({ their }) => their.seconds);
    return {
      seconds,
      ratio: rounded(cdktfSeconds / seconds),
      cdktfSeconds,
      ...(sparing && {
        cdktfOneSynthSeconds: rounded(sparing.seconds),
        oneSynthRatio: rounded(sparing.seconds / seconds),
      }),
      changedSeconds: of(({ our }) => our.changedSeconds),
      planSeconds: of(({ our }) => our.planSeconds),
      commentSeconds: of(({ our }) => our.commentSeconds),
      oneSetting: {
        seconds: of(({ few }) => few.seconds),
        stacks: Object.keys(measured[0]?.few.stacks ?? {}).length,
      },
      stacks: stacks.length,
      plans: warm.stacks,
      rounds,
      cores: cpus().length,
      load: rounded(load),
    };
  } finally {
    for (const close of closing.toReversed()) await close().catch(() => undefined);
  }
}

const rounded = (value: number): number => Math.round(value * 100) / 100;

/** A checkout of the merge for each name, as each job has one, with the packages of the first. */
async function checkoutsOf({ folder }: PullRequest, names: readonly string[]): Promise<Record<string, string>> {
  const made: [string, string][] = [];
  for (const name of names) {
    const tree = `${folder}-${name}`;
    await runFile("git", ["worktree", "add", "--detach", "--quiet", tree, "HEAD"], { cwd: folder });
    await symlink(join(folder, "node_modules"), join(tree, "node_modules"));
    await mkdir(join(tree, ".cache"));
    // Not .cache/synth: no job has that of another.
    for (const shared of (await readdir(join(folder, ".cache"))).filter((each) => each !== "synth")) {
      await symlink(join(folder, ".cache", shared), join(tree, ".cache", shared));
    }
    made.push([name, tree]);
  }
  return Object.fromEntries(made);
}

/** The pull request as GitHub knows it. */
function openPull({ repository }: LocalGithub, { head, base }: PullRequest): void {
  repository.files.set(".github/CODEOWNERS", "* @image-platform/on-call\n");
  repository.pulls = [
    {
      number: 7,
      state: "open",
      head: { sha: head, ref: "edit", repo: { full_name: "image-platform/darkroom" } },
      base: { sha: base, ref: "main" },
      user: { login: "author", type: "User" },
      node_id: "PR_7",
      auto_merge: null,
    },
  ];
}

/** A comparison of two that plan different things would say nothing. */
function expectSamePlans(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): void {
  const [ours, theirs] = [one, other].map((plans) => JSON.stringify(Object.entries(plans).sort()));
  if (ours !== theirs) throw new Error(`The two planned different things:\n${ours}\n${theirs}`);
}
