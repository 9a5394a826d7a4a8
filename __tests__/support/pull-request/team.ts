import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { loadEnvironment } from "../../../environments/load";
import type { ApplyRecord, ApplyStart } from "../../../gitops/record/apply-record";
import { RecordStore } from "../../../gitops/record/record-store";
import { defaultStore } from "../../../gitops/store/default-store";
import { S3AppendStore } from "../../../gitops/store/s3-append-store";
import { type Gateway, startGateway } from "../../../local/gateway/gateway";
import { type Ministack, startMinistack } from "../../../local/processes/ministack";
import { bucketName } from "../../../modules/names";
import { localGithub } from "../github/github";
import type { Pull, Run } from "../github/repository";
import { AwsProxy } from "./aws-proxy";
import { compileCli } from "./compiled-cli";
import { makeCache } from "./job-cache";
import { type MergeKind, Origin } from "./origin";
import { type Event, Runner, type RunOptions, type WorkflowRun } from "./runner";
import { type TreeOptions, writeTree } from "./tree";

const minutes = 60_000;

/** A team at work on one repository: the repository, GitHub, its runner, and the AWS accounts of its environments. */
export class Team {
  readonly folder = mkdtempSync(join(tmpdir(), "darkroom-test-"));
  readonly github = localGithub();
  readonly aws = new AwsProxy(() => this.gateway?.endpoint ?? "");
  private started: { readonly origin: Origin; readonly runner: Runner } | undefined;
  private ministack: Ministack | undefined;
  private gateway: Gateway | undefined;

  constructor(private readonly tree: TreeOptions) {
    beforeAll(async () => {
      const state = join(this.folder, "account");
      this.ministack = await startMinistack({ stateFolder: state, log: () => {} });
      const upstream = this.ministack.endpoint;
      const stateFile = join(this.folder, "gateway.json");
      this.gateway = await startGateway({ upstream, stateFile, kafkaBrokers: ["127.0.0.1:9098"] });
      await this.aws.start();
      const cache = join(this.folder, "cache");
      makeCache(cache);
      await compileCli(cache);
      const origin = new Origin(this.folder, this.github, (folder) => writeTree(folder, tree));
      const endpoint = () => this.aws.endpoint;
      const runner = new Runner({ ...{ folder: this.folder, cache, origin, endpoint }, github: this.github });
      this.started = { origin, runner };
      this.github.repository.roles.set("maintainer", "maintain");
      if (tree.stacks !== "real") await this.makeBuckets();
    }, 2 * minutes);
    afterAll(async () => {
      await this.aws.stop();
      await this.gateway?.stop();
      await this.ministack?.stop();
      rmSync(this.folder, { recursive: true, force: true });
    }, minutes);
  }

  get origin(): Origin {
    if (!this.started) throw new Error("The team is only at work while tests run.");
    return this.started.origin;
  }

  private get runner(): Runner {
    if (!this.started) throw new Error("The team is only at work while tests run.");
    return this.started.runner;
  }

  s3(environment = "prod"): S3Client {
    const { account, region } = loadEnvironment(environment);
    return new S3Client({
      endpoint: this.aws.endpoint,
      region,
      forcePathStyle: true,
      credentials: { accessKeyId: account, secretAccessKey: "local" },
    });
  }

  private async makeBuckets(): Promise<void> {
    for (const name of this.tree.environments) {
      const s3 = this.s3(name);
      for (const part of ["state", "plans"] as const) {
        const Bucket = bucketName(loadEnvironment(name), part);
        const place = { LocationConstraint: "eu-central-1" } as const;
        await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: place }));
      }
      s3.destroy();
    }
  }

  /** Pushes a commit that sets settings: `retention.logDays` and its like by the last name. */
  set(branch: string, settings: Readonly<Record<string, string | number>>, environments = ["prod"]): string {
    return this.origin.push(branch, (folder) => {
      for (const environment of environments) {
        const file = join(folder, "environments", `${environment}.yaml`);
        let text = readFileSync(file, "utf8");
        for (const [name, value] of Object.entries(settings)) {
          text = text.replace(new RegExp(`^( +${name}: ).*$`, "m"), `$1${value}`);
        }
        writeFileSync(file, text);
      }
    });
  }

  /** Runs plan.yml for a pull request as it is now. */
  async plan(pull: Pull, options: RunOptions = {}): Promise<WorkflowRun> {
    return this.runner.run("plan.yml", this.pullEvent(pull), options);
  }

  /** Starts the plan runs that were asked for again. */
  async planAgain(pull: Pull, options: RunOptions = {}): Promise<WorkflowRun[]> {
    const asked = this.github.repository.runs.filter(
      ({ status, head_sha, path }) => status === "queued" && head_sha === pull.head.sha && path.endsWith("/plan.yml"),
    );
    const ended: WorkflowRun[] = [];
    for (const again of asked) ended.push(await this.plan(pull, { ...options, again }));
    return ended;
  }

  /** Gives a label as somebody, and has gate.yml look at it. */
  async label(pull: Pull, name: string, login = "maintainer"): Promise<WorkflowRun> {
    const { repository } = this.github;
    repository.events.push({ issue: pull.number, event: "labeled", actor: { login }, label: { name } });
    pull.labels = [...new Set([...(pull.labels ?? []), name])];
    return this.runner.run("gate.yml", this.pullEvent(pull));
  }

  /** Merges, and runs apply.yml for the push: the jobs of the environments that the tree has. */
  async merge(pull: Pull, kind?: MergeKind, options: RunOptions = {}): Promise<WorkflowRun> {
    return this.apply(this.origin.merge(pull, kind), options);
  }

  apply(
    { before, after }: { readonly before: string; readonly after: string },
    options: RunOptions = {},
  ): Promise<WorkflowRun> {
    const event = { name: "push", ref: "refs/heads/main", sha: after, head: after, payload: { before, after } };
    return this.runner.run("apply.yml", event, {
      only: this.tree.environments.flatMap((name) => [name, `stale-${name}`]),
      ...options,
    });
  }

  /** Starts a run of apply.yml again. */
  applyAgain(before: WorkflowRun, push: { readonly before: string; readonly after: string }): Promise<WorkflowRun> {
    return this.apply(push, { again: this.startedAgain(before) });
  }

  /** Starts the failed jobs of a run of apply.yml again, and those that wait for them. */
  applyFailed(before: WorkflowRun, push: Parameters<Team["apply"]>[0], options: RunOptions = {}): Promise<WorkflowRun> {
    return this.apply(push, { ...options, again: this.startedAgain(before), failedOf: before });
  }

  /** Starts the failed jobs of a run of plan.yml again. */
  planFailed(pull: Pull, before: WorkflowRun): Promise<WorkflowRun> {
    return this.plan(pull, { again: this.startedAgain(before), failedOf: before });
  }

  private startedAgain({ id }: WorkflowRun): Run {
    const again = this.github.repository.runs.find((run) => run.id === id);
    if (!again) throw new Error(`There is no run ${id}.`);
    again.run_attempt = (again.run_attempt ?? 1) + 1;
    return again;
  }

  /** Runs a workflow that goes by the clock. */
  scheduled(file: "drift.yml" | "reconcile.yml"): Promise<WorkflowRun> {
    const sha = this.origin.commitOf("main");
    return this.runner.run(file, { name: "schedule", ref: "refs/heads/main", sha, head: sha, payload: {} });
  }

  /** Runs a command as an administrator with credentials of their own, on a branch or commit as it is now. */
  async administrator(command: string, environment = "prod", at = "main"): Promise<void> {
    const run = await this.runner.command(command, this.origin.commitOf(at), loadEnvironment(environment));
    if (run.code !== 0) throw new Error(`${command} ended with ${run.code}:\n${run.stdout}\n${run.stderr}`);
  }

  /** The comments on a pull request. */
  comments({ number }: Pull): string[] {
    return this.github.repository.comments.filter(({ issue }) => issue === number).map(({ body }) => body);
  }

  check(pull: Pull, name: string) {
    const checks = this.github.repository.checks.filter((check) => check.head_sha === pull.head.sha);
    return checks.filter((check) => check.name === name).at(-1);
  }

  async records(commit: string, environment = "prod"): Promise<{ records: ApplyRecord[]; unfinished: ApplyStart[] }> {
    const store = new RecordStore(this.store(environment));
    return { records: await store.of(commit), unfinished: await store.unfinished(commit) };
  }

  /** The bucket of plans and records. */
  store(environment = "prod"): S3AppendStore {
    return new S3AppendStore(this.s3(environment), defaultStore(loadEnvironment(environment)).replace("s3://", ""));
  }

  /** The open follow-up pull requests. */
  followUps(): Pull[] {
    const { pulls } = this.github.repository;
    return pulls.filter(({ state, head }) => state === "open" && head.ref.startsWith("follow-up/"));
  }

  private pullEvent(pull: Pull): Event {
    const { number, base } = pull;
    const full_name = pull.head.repo?.full_name;
    const head = { sha: pull.head.sha, ref: pull.head.ref, repo: { full_name } };
    const payload = { pull_request: { number, head, base: { ...base, sha: this.origin.commitOf("main") } } };
    const sha = this.origin.mergeRef(pull);
    return {
      name: "pull_request",
      ref: `refs/pull/${number}/merge`,
      sha,
      head: pull.head.sha,
      payload,
      from: full_name,
    };
  }
}
