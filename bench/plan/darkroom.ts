import { execFile } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { LocalGithub } from "../../__tests__/support/github/github";
import { readReviewResult } from "../../gitops/review/result";
import type { AppliedAccount } from "./account";
import type { PullRequest } from "./pull-request";

const run = promisify(execFile);

/** From the push to the comment, wall times in seconds. */
export interface Review {
  readonly seconds: number;
  /** Synth of base and merge, and what differs. */
  readonly changedSeconds: number;
  /** All environments side by side. */
  readonly planSeconds: number;
  readonly commentSeconds: number;
  /** What is planned of each stack: `+1 ~2 -3`; replaced ones count as added and destroyed. */
  readonly stacks: Readonly<Record<string, string>>;
  readonly characters: number;
}

export interface ReviewProps {
  readonly pull: PullRequest;
  /** A checkout of the merge for each environment, as its job has one. */
  readonly checkouts: Readonly<Record<string, string>>;
  readonly account: AppliedAccount;
  readonly github: LocalGithub;
  /** Of the run, another one each time. */
  readonly run: number;
}

/** The steps of plan.yml, the same lines, with nothing left over from an earlier run but the provider. */
export async function review({ pull, checkouts, account, github, run: id }: ReviewProps): Promise<Review> {
  const environments = Object.keys(checkouts);
  const { folder, base, head, mergeTree } = pull;
  for (const each of [folder, ...Object.values(checkouts)]) {
    for (const left of [".local", "cdktf.out", ".cache/synth"])
      rmSync(join(each, left), { recursive: true, force: true });
  }
  const numbers = { GITHUB_RUN_ID: String(id), GITHUB_RUN_ATTEMPT: "1" };
  const shell = (line: string, cwd: string, env: NodeJS.ProcessEnv) =>
    run("bash", ["-e", "-c", line], { cwd, env: { ...env, ...numbers }, maxBuffer: 2 ** 26 });
  const times = [performance.now()];
  await shell("npm run --silent changed -- --base HEAD^1 --json > changed.json", folder, process.env);
  times.push(performance.now());
  const results = await Promise.all(
    environments.map(async (name) => {
      const file = join(folder, `result-${name}.json`);
      rmSync(file, { force: true });
      const line = `npm run --silent plan -- ${name} --review --pull-request 7 --head ${head} --base ${base} --merge-tree ${mergeTree} --changed ${folder}/changed.json --result ${file} || test $? -ne 1`;
      await shell(line, checkouts[name] ?? folder, account.env(name)).catch((error: unknown) => {
        const said = existsSync(file) ? readFileSync(file, "utf8").slice(0, 2000) : "";
        throw new Error(`${name} could not be planned: ${said}`, { cause: error });
      });
      return file;
    }),
  );
  times.push(performance.now());
  const { token, owner, repo, apiUrl } = github.context();
  const env = { ...process.env, GITHUB_TOKEN: token, GITHUB_REPOSITORY: `${owner}/${repo}`, GITHUB_API_URL: apiUrl };
  await shell(
    `npm run --silent comment -- --pull-request 7 --head ${head} --results ${results.join(" ")}`,
    folder,
    env,
  );
  times.push(performance.now());
  const [start = 0, changed = 0, planned = 0, end = 0] = times.map((time) => time / 1000);
  const stacks = results.map(readReviewResult).flatMap((result) => result.stacks);
  return {
    seconds: end - start,
    changedSeconds: changed - start,
    planSeconds: planned - changed,
    commentSeconds: end - planned,
    stacks: Object.fromEntries(
      stacks.map(({ plan: { stack, changes } }) => {
        const { add, change, destroy, replace } = changes.counts;
        return [stack, `+${add + replace} ~${change} -${destroy + replace}`];
      }),
    ),
    characters: github.repository.comments.at(-1)?.body.length ?? 0,
  };
}
