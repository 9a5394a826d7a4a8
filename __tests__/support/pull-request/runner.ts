import { mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Job, type Step, workflow } from "../../workflows/workflow";
import type { LocalGithub } from "../github/github";
import type { Run } from "../github/repository";
import { type ActionPlace, actions } from "./actions";
import { type Contexts, filled, isMet } from "./expressions";
import { keepCache } from "./job-cache";
import { outputsIn, type RunningLine, type StepRun, startLine } from "./job-run";
import { writeNpmRun } from "./npm-run";
import type { Origin } from "./origin";
import { Turns } from "./turns";

/** What starts a run. */
export interface Event {
  readonly name: string;
  readonly ref: string;
  /** What `github.sha` says. */
  readonly sha: string;
  /** What the run is of: the head of a pull request, else the commit itself. */
  readonly head: string;
  readonly payload: object;
  /** Repository of the head. @default this one */
  readonly from?: string | undefined;
}

/** What became of a run. */
export interface WorkflowRun {
  readonly id: number;
  readonly conclusion: "success" | "failure";
  readonly jobs: Readonly<Record<string, JobResult["result"]>>;
  readonly results: Readonly<Record<string, JobResult>>;
  /** Lines of shell, in the order in which they ended. */
  readonly steps: readonly StepRun[];
  /** The one line that begins so. */
  step(begin: string): StepRun;
}

export interface RunOptions {
  /** A run that is started again. */
  readonly again?: Run;
  /** How it ended before, where only its failed jobs are started again. */
  readonly failedOf?: WorkflowRun;
  /** Jobs that there are; those that they need besides count as done. @default all */
  readonly only?: readonly string[];
  readonly onUpload?: ActionPlace["onUpload"];
  /** What happens while a job waits until its GitHub environment is approved; `"rejected"`: it isn't. @default no environment asks for it */
  readonly onApproval?: (environment: string) => unknown;
  /** `false`: a job begins although another one of its concurrency group has not ended. @default they take turns */
  readonly turns?: false;
  /** Told of each line of shell that begins. */
  readonly onLine?: (line: string, running: RunningLine) => void;
}

interface JobResult {
  readonly result: "success" | "failure" | "skipped";
  readonly outputs: Record<string, unknown>;
}

/** Runs jobs of the repository's own workflows on this computer: their lines of shell as they are, their actions as far as it matters here. */
export class Runner {
  private jobs = 0;
  private readonly turns = new Turns();
  private bin: string | undefined;

  constructor(
    private readonly at: {
      readonly folder: string;
      readonly cache: string;
      readonly origin: Origin;
      readonly github: LocalGithub;
      readonly endpoint: () => string;
    },
  ) {}

  async run(file: string, event: Event, options: RunOptions = {}): Promise<WorkflowRun> {
    const { github } = this.at;
    const run: Run = options.again ?? {
      ...{ id: github.repository.nextId(), path: `.github/workflows/${file}`, event: event.name, head_sha: event.head },
      ...{ status: "in_progress", conclusion: null, created_at: new Date().toISOString(), artifacts: [] },
      ...{ head_repository: { full_name: event.from ?? "image-platform/darkroom" }, run_attempt: 1, approvals: [] },
    };
    if (!options.again) github.repository.runs.push(run);
    run.status = "in_progress";
    run.jobs = [];
    const steps: StepRun[] = [];
    const needs: Record<string, JobResult> = {};
    const begunAgain = new Set<string>();
    const outer = this.contexts(run, event);
    for (const [id, job] of Object.entries(workflow(file).jobs)) {
      if (options.only && !options.only.includes(id)) continue;
      const shown = { name: job.name, status: "pending", conclusion: null as string | null };
      run.jobs.push(shown);
      const end = (result: JobResult): void => {
        needs[id] = result;
        Object.assign(shown, { status: "completed", conclusion: result.result });
      };
      const say = (status: string): void => {
        for (const each of [run, shown]) each.status = status;
      };
      const before = options.failedOf?.results[id];
      const wanted = [job.needs ?? []].flat().filter((name) => name in needs);
      // Jobs that failed are started again, and those that need them.
      if (before && before.result !== "failure" && !wanted.some((name) => begunAgain.has(name))) {
        end(before);
        continue;
      }
      begunAgain.add(id);
      const own = Object.fromEntries(wanted.map((name) => [name, needs[name] as JobResult]));
      const failed = Object.values(own).some(({ result }) => result !== "success");
      const token = github.tokenOf(job.permissions ?? {});
      const contexts = { ...outer, github: { ...(outer.github as object), token }, needs: own };
      if (!isMet(job.if, contexts, { failed })) {
        end({ result: "skipped", outputs: {} });
        continue;
      }
      // As it was seen on GitHub: a place in the group is taken before an approval is asked for.
      const group = options.turns === false ? undefined : job.concurrency?.group;
      const leave = await this.turns.take(group && String(filled(group, contexts)));
      try {
        if (job.environment !== undefined && options.onApproval) {
          say("waiting");
          if ((await options.onApproval(job.environment)) === "rejected") {
            end({ result: "failure", outputs: {} });
            continue;
          }
          const environments = [{ name: job.environment }];
          run.approvals?.push({ state: "approved", user: { login: "approver" }, environments });
        }
        say("in_progress");
        const parts = await Promise.all(
          matrixOf(job, contexts).map((matrix) =>
            this.job(id, job, { contexts: { ...contexts, matrix }, run, event, steps, options }),
          ),
        );
        const bad = parts.find(({ result }) => result === "failure");
        end(bad ?? parts[0] ?? { result: "success", outputs: {} });
      } finally {
        leave();
      }
    }
    const jobs = Object.fromEntries(Object.entries(needs).map(([id, { result }]) => [id, result]));
    const conclusion = Object.values(jobs).includes("failure") ? "failure" : "success";
    Object.assign(run, { status: "completed", conclusion });
    // For whoever looks into a test that fails.
    if (process.env.DARKROOM_SHOW_RUNS) {
      for (const { job, line, code, seconds, stdout, stderr } of steps) {
        process.stderr.write(`${file} ${job} ${seconds} s (${code}): ${line}\n${stdout}\n${stderr}\n`);
      }
    }
    const step = (begin: string): StepRun => {
      const found = steps.filter(({ line }) => line.startsWith(begin));
      if (found.length === 1 && found[0]) return found[0];
      throw new Error(`${found.length} of these lines begin with ${begin}:\n${JSON.stringify(steps, null, 2)}`);
    };
    return { id: run.id, conclusion, jobs, results: needs, steps, step };
  }

  /** Runs one line in a checkout of a commit, with credentials of an account and as no job. */
  async command(line: string, sha: string, { account, region }: { account: string; region: string }) {
    const { origin, cache, folder, endpoint } = this.at;
    const workspace = join(folder, `job-${this.jobs++}`);
    const env = this.env();
    const place = { workspace, cache, env, remote: origin.bare, sha, endpoint: endpoint(), artifacts: folder };
    actions["actions/checkout"]?.({ "fetch-depth": "0" }, place);
    const role = `arn:aws:iam::${account}:role/administrator`;
    actions["aws-actions/configure-aws-credentials"]?.({ "role-to-assume": role, "aws-region": region }, place);
    return startLine(line, workspace, env).ended.finally(() => keepCache(cache, workspace));
  }

  private env(): NodeJS.ProcessEnv {
    this.bin ??= writeNpmRun(this.at.folder);
    return { ...bare(process.env), PATH: [this.bin, process.env.PATH].join(delimiter) };
  }

  private contexts({ id, run_attempt }: Run, { name, ref, sha, payload }: Event): Contexts {
    const repository = "image-platform/darkroom";
    return {
      github: {
        ...{ repository, ref, sha, event_name: name, event: payload, run_id: id, run_attempt },
      },
      runner: { os: "Linux", arch: "X64" },
    };
  }

  private async job(
    id: string,
    { steps, outputs = {} }: Job,
    {
      contexts,
      run,
      event,
      steps: told,
      options,
    }: { contexts: Contexts; run: Run; event: Event; steps: StepRun[]; options: RunOptions },
  ): Promise<JobResult> {
    const { github, origin, cache, folder, endpoint } = this.at;
    const place: ActionPlace = {
      workspace: join(folder, `job-${this.jobs++}`),
      artifacts: join(folder, `artifacts-${run.id}`),
      ...{ cache, remote: origin.bare, sha: event.sha, endpoint: endpoint(), onUpload: options.onUpload },
      env: this.env(),
    };
    const temporary = `${place.workspace}-files`;
    for (const each of [place.workspace, temporary]) mkdirSync(each, { recursive: true });
    const file = (name: string, text = ""): string => {
      const path = join(temporary, name);
      writeFileSync(path, text);
      return path;
    };
    Object.assign(place.env, {
      ...{ CI: "true", GITHUB_ACTIONS: "true", GITHUB_API_URL: github.url, GITHUB_SERVER_URL: "https://github.test" },
      ...{ GITHUB_REPOSITORY: "image-platform/darkroom", GITHUB_RUN_ID: String(run.id), GITHUB_ACTOR: "merger" },
      ...{ GITHUB_RUN_ATTEMPT: String(run.run_attempt), GITHUB_SHA: event.sha, GITHUB_REF: event.ref },
      ...{ GITHUB_EVENT_NAME: event.name, GITHUB_EVENT_PATH: file("event.json", JSON.stringify(event.payload)) },
      ...{ GITHUB_WORKSPACE: place.workspace, GITHUB_STEP_SUMMARY: file("summary.md") },
    });
    const known: Record<string, { outcome: string; outputs: Record<string, string> }> = {};
    let failed = false;
    for (const [index, step] of steps.entries()) {
      const now = { ...contexts, steps: known };
      if (!isMet(step.if, now, { failed })) {
        if (step.id) known[step.id] = { outcome: "skipped", outputs: {} };
        continue;
      }
      const output = file(`output-${index}`);
      const env = { ...place.env, ...strings(step.env, now), GITHUB_OUTPUT: output };
      const ended = await this.step(id, step, { now, place, env, options, output });
      if (ended.told) told.push(ended.told);
      if (!ended.good) failed = true;
      // Its computer is gone, and with it what would come next.
      if (ended.told && ended.told.code === undefined) break;
      if (step.id) known[step.id] = { outcome: ended.good ? "success" : "failure", outputs: ended.outputs };
    }
    keepCache(cache, place.workspace);
    const own = { ...contexts, steps: known };
    return { result: failed ? "failure" : "success", outputs: strings(outputs, own) };
  }

  private async step(
    job: string,
    { uses, run: line = "", with: inputs }: Step,
    {
      now,
      place,
      env,
      options,
      output,
    }: { now: Contexts; place: ActionPlace; env: NodeJS.ProcessEnv; options: RunOptions; output: string },
  ): Promise<{ good: boolean; outputs: Record<string, string>; told?: StepRun }> {
    if (uses !== undefined) {
      const name = uses.split("@")[0] ?? "";
      const action = actions[name];
      if (!action) throw new Error(`${name}: this action is not known here.`);
      const given = Object.fromEntries(Object.entries(inputs ?? {}).map(([key, value]) => [key, String(value)]));
      try {
        return { good: true, outputs: action(strings(given, now), place) };
      } catch (error) {
        const told = { job, line: name, code: 1, stdout: "", stderr: String(error), seconds: 0 };
        return { good: false, outputs: {}, told };
      }
    }
    // The packages are linked into the checkout.
    if (/^npm ci( --ignore-scripts)?$/.test(line)) return { good: true, outputs: {} };
    const running = startLine(line, place.workspace, env);
    options.onLine?.(line, running);
    const told = { job, ...(await running.ended) };
    return { good: told.code === 0, outputs: outputsIn(output), told };
  }
}

/** One set of values a part of a job. */
function matrixOf({ strategy }: Job, contexts: Contexts): Readonly<Record<string, unknown>>[] {
  const { matrix = {} } = (strategy ?? {}) as { matrix?: Readonly<Record<string, string>> };
  const [only] = Object.entries(matrix);
  if (!only) return [{}];
  return (filled(only[1], contexts) as unknown[]).map((value) => ({ [only[0]]: value }));
}

const strings = (values: Readonly<Record<string, string>> = {}, contexts: Contexts): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, text]) => [name, String(filled(text, contexts))]));

/** This process's environment with nothing in it of AWS, of GitHub or of jest. */
const bare = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(AWS|GITHUB|JEST|NODE_OPTIONS|NODE_ENV|npm)/.test(name)),
  );
