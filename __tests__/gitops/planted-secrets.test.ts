import { execFile, execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { strToU8, zipSync } from "fflate";
import { parse } from "yaml";
import { repositoryFolder } from "../../environments/repository";
import type { Environment } from "../../environments/schema";
import type { StackApply } from "../../gitops/apply-stack";
import { commentOnReview } from "../../gitops/comment/comment-on-review";
import { driftText } from "../../gitops/drift/drift-environment";
import { keepDriftIssue } from "../../gitops/drift/drift-issue";
import { driftOf } from "../../gitops/drift/find-drift";
import { commentOnForks } from "../../gitops/fork/comment-on-forks";
import { githubClient } from "../../gitops/github/client";
import type { StackPlan } from "../../gitops/plan-stack";
import { readReviewResult } from "../../gitops/review/result";
import { settingChanges } from "../../gitops/settings-diff/setting-changes";
import { testAccount } from "../support/account";
import { testFolder } from "../support/folders";
import { localGithub } from "../support/github/github";
import { emptyRepository } from "../support/github/repository";
import { compiledGitops } from "../support/pull-request/compiled-cli";
import { stateBucket, testRegion, writeSynthesized } from "../support/synthesized";
import { describeWithProvider } from "../support/terraform";
import { apply as applyMerge, head, resetGithub, result } from "./after-merge/merges";

const root = testFolder();
const repository = repositoryFolder();
const commands = compiledGitops();
const minutes = 60_000;

/** Put together here, so that no scanner takes this file for a leak. */
const secrets = {
  "AWS key id": ["AKIA", "IOSFODNN7DARKROM"].join(""),
  "GitHub token": ["ghp", "_a8Kd93jfLq02mZxW5vTn7RcYb1HsPeU64oGi"].join(""),
  "line of a private key": "MIIEowIBAAKCAQEAwq3Zt9dLkPz0v1bXnR5sYhT7cJm2QfU8eGxK4iOaNlVpDyWr",
  "random password": "vQ9xT2mLw8ZrB4kNpY6sHd",
  "password of a connection string": "Wm4pQz81LkXd",
  "sensitive attribute": "only-a-mask-hides-this-one",
  "sensitive output": "nor-can-this-be-told-by-its-form",
  "environment variable": "correct-horse-battery-staple",
};
const key = (label: string) => [
  `-----BEGIN ${label} KEY-----`,
  secrets["line of a private key"],
  `-----END ${label} KEY-----`,
];
const privateKey = key("RSA PRIVATE").join("\n");
const connection = `postgres://app:${secrets["password of a connection string"]}@db.example.internal/images`;
const spoken = [`${secrets["AWS key id"]} ${secrets["GitHub token"]} ${connection}`, privateKey].join("\n");

const isB = ["$", '{terraform_data.y.input == "b"}'].join("");

/** What was told, by where. */
const told = new Map<string, string>();
const tell = (channel: string, text: unknown) =>
  told.set(channel, typeof text === "string" ? text : JSON.stringify(text));

describeWithProvider("secrets that somebody planted", (terraform) => {
  const account = testAccount(root);
  const github = localGithub();
  const client = (more: object = {}) => githubClient(github.context(more), { wait: async () => {} });
  const env = () => ({
    ...account.env(),
    DEPLOY_TOKEN: secrets["environment variable"],
    ...(terraform.source.cliConfigFile && { TF_CLI_CONFIG_FILE: terraform.source.cliConfigFile }),
  });
  const run = async (channel: string, ...args: string[]) => {
    const where = ["--synthesized", join(root, "out"), "--work", join(root, "work"), "--out", join(root, "plans")];
    const command = [await commands, ...args, ...where];
    const { stdout, stderr } = await new Promise<{ stdout: string; stderr: string }>((resolve) =>
      execFile(process.execPath, command, { cwd: repository, env: env() }, (_error, out, err) =>
        resolve({ stdout: out, stderr: err }),
      ),
    );
    tell(`${channel}: standard output`, stdout);
    tell(`${channel}: standard error`, stderr);
    return stdout;
  };
  const clean = (text: string) =>
    Object.entries(secrets).flatMap(([name, value]) => (text.includes(value) ? [name] : []));

  beforeAll(async () => {
    const where = { LocationConstraint: testRegion } as const;
    await account.s3().send(new CreateBucketCommand({ Bucket: stateBucket("dev"), CreateBucketConfiguration: where }));
    writeSynthesized(join(root, "out"), "dev", {
      data: {
        resource: {
          aws_ssm_parameter: {
            marked: { name: "/a", type: "SecureString", value: secrets["sensitive attribute"] },
            text: { name: "/b", type: "String", insecure_value: connection, description: secrets["AWS key id"] },
          },
          aws_sns_topic: { topic: { name: "t", tags: { note: secrets["GitHub token"], pem: privateKey } } },
          terraform_data: {
            settings: { input: { DB_PASSWORD: secrets["random password"], harmless: "shown" } },
            environment: { input: { deploy: secrets["environment variable"] } },
          },
        },
      },
      // Fails when it is planned, and Terraform shows what was put into the message.
      refused: {
        resource: {
          terraform_data: {
            y: { input: "a" },
            x: { lifecycle: { precondition: [{ condition: isB, error_message: `It is not. ${spoken}` }] } },
          },
        },
      },
      // Fails when it is applied, having written all of it to its output.
      broken: {
        resource: {
          terraform_data: {
            x: {
              provisioner: [{ "local-exec": { command: `printf '%s\n' "$DEPLOY_TOKEN" '${spoken}'; exit 1` } }],
            },
          },
        },
      },
    });
    // An output that only its mark makes a secret.
    const file = join(root, "out", "stacks", "dev-data", "cdk.tf.json");
    const configuration = JSON.parse(readFileSync(file, "utf8")) as object;
    const output = { kept: { value: secrets["sensitive output"], sensitive: true } };
    const planted = JSON.stringify({ ...configuration, output });
    // It was applied with harmless values before, so that a plan has every attribute from and to.
    const harmless = Object.values(secrets).reduce(
      (text, value, index) => text.replaceAll(value, `old-${index}`),
      planted,
    );
    writeFileSync(file, harmless.replace('"shown"', '"before"'));
    await run("first apply", "apply", "dev", "data");
    writeFileSync(file, planted);
  }, 3 * minutes);

  // What one step leaves goes into the next, so these build upon each other.
  it(
    "are in no log and no artifact of a plan",
    async () => {
      const base = execFileSync("git", ["rev-parse", "HEAD"], { cwd: repository, encoding: "utf8" }).trim();
      const place = ["--store", join(root, "store"), "--result", join(root, "result.json")];
      const reviewed = ["--pull-request", "12", "--head", head, "--base", base, "--merge-tree", "3".repeat(40)];
      await run("plan --review", "plan", "dev", "--review", ...reviewed, ...place);
      await run("plan --json", "plan", "dev", "--json");
      tell("result of a plan", readFileSync(join(root, "result.json"), "utf8"));
      const kept = readdirSync(join(root, "store"), { recursive: true, encoding: "utf8" });
      for (const name of kept.filter((each) => each.endsWith("manifest.json"))) {
        tell(`plan store: ${name.split("/").at(-2)}`, readFileSync(join(root, "store", name), "utf8"));
      }
      expect([...told.keys()]).toContain("plan store: dev-data");
      expect(told.get("plan --review: standard output")).toContain("It is not.");
      expect(told.get("plan --json: standard output")).toContain('"after":"\\"shown\\""');
    },
    4 * minutes,
  );

  it(
    "are in no log of an apply that fails, whatever was written meanwhile",
    async () => {
      await run("apply", "apply", "dev");
      const json = JSON.parse(await run("apply --json", "apply", "dev", "--json")) as { stacks: StackApply[] };
      expect(json.stacks.map(({ stack, outcome }) => [stack, outcome])).toEqual([
        ["dev-broken", "failed"],
        ["dev-data", "nothing"],
        ["dev-refused", "failed"],
      ]);
    },
    4 * minutes,
  );

  it("are in no comment, check or summary of a review", async () => {
    Object.assign(github.repository, emptyRepository());
    github.repository.pulls.push({
      ...{
        number: 12,
        state: "open",
        head: { sha: head, ref: "b", repo: null },
        base: { sha: "0".repeat(40), ref: "main" },
      },
      ...{ user: { login: "author", type: "User" }, node_id: "n", auto_merge: null },
    } as never);
    const file = (note: string, name: string) =>
      ({ ...parse(readFileSync(join(repository, "environments", "dev.yaml"), "utf8") + note), name }) as Environment;
    const settings = settingChanges(
      { ...file("", "dev"), alerts: { emails: [] } } as Environment,
      { ...file(`\n# ${spoken.replaceAll("\n", " ")}\n`, "dev"), alerts: { emails: [spoken] } } as Environment,
      new Date(),
    );
    expect(settings.length).toBeGreaterThan(0);
    const reviewed = readReviewResult(join(root, "result.json"));
    const summary = join(root, "summary.md");
    process.env.DEPLOY_TOKEN = secrets["environment variable"];
    try {
      const error = `${spoken} ${secrets["environment variable"]}`;
      const failed = { ...reviewed, environment: "prod", stacks: [], error };
      await commentOnReview(client({ stepSummary: summary }), 12, head, [{ ...reviewed, settings }, failed]);
    } finally {
      delete process.env.DEPLOY_TOKEN;
    }
    tell("comment", github.repository.comments);
    tell("checks", github.repository.checks);
    tell("job summary", readFileSync(summary, "utf8"));
    expect(told.get("comment")).toContain("terraform_data.settings");
    expect(told.get("checks")).toContain("(secret)");
  });

  it("are in no issue about drift", async () => {
    const { stacks } = JSON.parse(told.get("plan --json: standard output") ?? "") as { stacks: StackPlan[] };
    const drifts = stacks.map((plan) => driftOf(plan, []));
    for (const drift of drifts) await keepDriftIssue(client(), drift);
    tell("drift issues", github.repository.issues);
    tell("drift", driftText({ stacks: drifts, expired: [] }));
    expect(told.get("drift issues")).toContain("terraform_data.settings");
    expect(told.get("drift issues")).toContain("It is not.");
  });

  it("are in no record, follow-up, deployment or status after a merge", async () => {
    const { stacks } = JSON.parse(told.get("apply --json: standard output") ?? "") as { stacks: StackApply[] };
    const broken = stacks.find(({ stack }) => stack === "dev-broken") as StackApply;
    resetGithub(github);
    const place = join(root, "records");
    const summary = join(root, "apply-summary.md");
    const failed = result("prod-data", { ...broken, stack: "prod-data", error: `${broken.error}\n${spoken}` });
    await applyMerge(github, place, { results: [failed], changed: ["prod-data"], summary });
    resetGithub(github);
    await applyMerge(github, place, { throws: new Error(spoken), changed: ["prod-data"], attempt: 2 });
    const files = readdirSync(place, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.length).toBeGreaterThan(2);
    tell("records", files.map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8")).join("\n"));
    const { pulls, comments, deployments, git } = github.repository;
    tell("after a merge", { pulls, comments, deployments, files: [...git.trees.values()].map((tree) => [...tree]) });
    expect(told.get("records")).toContain('"failed"');
  });

  it("are in no comment about a fork", async () => {
    Object.assign(github.repository, emptyRepository());
    const somewhere = "somebody/darkroom";
    github.repository.pulls.push({
      ...{ number: 7, state: "open", head: { sha: head, ref: "b", repo: { full_name: somewhere } } },
      ...{ base: { sha: "0".repeat(40), ref: "main" }, user: { login: "somebody" } },
    } as never);
    const files = {
      "changed.json": JSON.stringify({ base: "x", stacks: [{ environment: "prod", stack: "prod-data" }] }),
      "settings.json": JSON.stringify({ changes: [{ environment: "prod", words: `It says ${spoken}` }] }),
    };
    const packed = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]));
    github.repository.runs.push({
      ...{ id: 1, path: ".github/workflows/check.yml", event: "pull_request", status: "completed" },
      ...{ conclusion: "success", head_sha: head, created_at: "2026-11-24T12:00:00Z" },
      head_repository: { full_name: somewhere },
      artifacts: [{ id: 100, name: "fork-result", zip: Buffer.from(zipSync(packed)) }],
    } as never);
    await commentOnForks(client(), { since: new Date("2026-11-20T00:00:00Z"), dryRun: false });
    tell("fork's comment", github.repository.comments);
    expect(told.get("fork's comment")).toContain("It says");
  });

  it("are nowhere that was told", () => {
    expect(told.size).toBeGreaterThanOrEqual(18);
    const found = [...told].flatMap(([channel, text]) => clean(text).map((name) => `${channel}: ${name}`));
    expect(found).toEqual([]);
  });

  it("would be found", () => {
    for (const value of Object.values(secrets)) expect(clean(`x${value}y`)).toHaveLength(1);
  });
});
