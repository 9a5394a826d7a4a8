import { execFile } from "node:child_process";
import { join } from "node:path";
import {
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  IAMClient,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { loadEnvironment } from "../../../environments/load";
import { repositoryFolder } from "../../../environments/repository";
import { callerOf } from "../../../gitops/doctor/caller";
import type { AccountCheck } from "../../../gitops/doctor/check";
import { access } from "../../../gitops/doctor/checks/access";
import { records } from "../../../gitops/doctor/checks/records";
import { states } from "../../../gitops/doctor/checks/states";
import { RecordStore } from "../../../gitops/record/record-store";
import { awsConfig } from "../../../gitops/store/aws-config";
import { defaultStore } from "../../../gitops/store/default-store";
import { s3Client } from "../../../gitops/store/s3-client";
import { storeOf } from "../../../gitops/store/store-of";
import { githubTrust } from "../../../modules/github-trust";
import { bucketName } from "../../../modules/names";
import { testAccount } from "../../support/account";
import { testFolder } from "../../support/folders";
import { compiledGitops } from "../../support/pull-request/compiled-cli";

const account = testAccount(testFolder());
const root = repositoryFolder();
const dev = loadEnvironment("dev");
const now = new Date("2026-11-01T12:00:00Z");
const stateBucket = bucketName(dev, "state");

/** Credentials of the account of the environment file, as the emulator understands them. */
const env = (): NodeJS.ProcessEnv => ({ ...account.env(), AWS_ACCESS_KEY_ID: dev.account });
const look = async (check: AccountCheck, more: object = {}) => {
  const site = { root, env: env(), now, environment: dev, caller: { finding: { status: "ok", text: "" }, env: env() } };
  return (await check.look({ ...site, ...more } as never)).map(({ status, text, mend }) => [
    status,
    text,
    ...(mend ? [mend] : []),
  ]);
};
const s3 = () => s3Client(env(), dev.region);
const put = (key: string, content: unknown) =>
  s3().send(new PutObjectCommand({ Bucket: stateBucket, Key: key, Body: JSON.stringify(content) }));
const createBucket = (name: string) =>
  s3().send(
    new CreateBucketCommand({ Bucket: name, CreateBucketConfiguration: { LocationConstraint: dev.region as never } }),
  );
const commands = compiledGitops();
const run = async (...args: string[]) => {
  const start = await commands;
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const child = execFile(process.execPath, [start, ...args], { cwd: root, env: env() }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? 1, stdout, stderr }),
    );
  });
};

describe("account", () => {
  const ask = (more: NodeJS.ProcessEnv) =>
    callerOf(dev, {
      localAccount: false,
      environmentsFolder: join(root, "environments"),
      env: { ...env(), ...more },
    });

  it("knows the credentials of the environment's account", async () => {
    expect((await ask({})).finding).toMatchObject({
      status: "ok",
      text: expect.stringContaining(`credentials of account ${dev.account} (arn:aws:iam::${dev.account}:`),
    });
  });

  it("gives no credentials of another account to any check", async () => {
    const { finding, env: given } = await ask({ AWS_ACCESS_KEY_ID: "444455556666" });
    expect(given).toBeUndefined();
    expect(finding).toMatchObject({
      status: "fault",
      text: expect.stringContaining(`expected credentials of account ${dev.account}, but these are of 444455556666`),
      mend: expect.stringContaining("or correct account in environments/dev.yaml"),
    });
  });

  it("says that there are no credentials, and that nothing answers", async () => {
    const none = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_EC2_METADATA_DISABLED: "true" };
    const kept = process.env;
    process.env = { ...env(), ...none } as NodeJS.ProcessEnv;
    for (const name of Object.keys(none).slice(0, 2)) delete process.env[name];
    try {
      expect((await ask(none)).finding).toEqual({
        status: "unchecked",
        text: "nothing in the account is looked at: there are no AWS credentials",
        mend: "aws sso login, or export AWS_PROFILE",
      });
    } finally {
      process.env = kept;
    }
    expect((await ask({ AWS_ENDPOINT_URL: "http://127.0.0.1:1" })).finding).toMatchObject({
      status: "unchecked",
      text: expect.stringMatching(/^AWS could not be asked whose the credentials of dev are: /),
    });
  });
});

describe("states", () => {
  const lock = (more: object = {}) => ({
    ID: "0c4c1f5e-1111-2222-3333-444455556666",
    Operation: "OperationTypeApply",
    Info: "",
    Who: "runner@build-7",
    Version: "1.11.4",
    Created: "2026-11-01T06:30:00Z",
    Path: "",
    ...more,
  });

  it("says that there is no bucket, then that nothing is locked", async () => {
    expect(await look(states)).toEqual([
      ["fault", `there is no state bucket ${stateBucket}`, "npm run bootstrap -- dev"],
    ]);
    await createBucket(stateBucket);
    await put("data.tfstate", { version: 4, lineage: "l", serial: 1, outputs: {}, resources: [] });
    expect(await look(states)).toEqual([["ok", `${stateBucket}: no state is locked`]]);
  });

  it("tells a state that was left locked: by whom, since when, and the line that unlocks it; and that line does", async () => {
    await put("data.tfstate.tflock", lock());
    await put("compute.tfstate.tflock", lock({ ID: "young", Created: "2026-11-01T11:50:00Z" }));
    expect(await look(states)).toEqual([
      [
        "warning",
        "dev-compute is locked since 2026-11-01T11:50:00Z by runner@build-7 (OperationTypeApply); it may still be at work",
        "when nobody works on it any more: npm run unlock -- dev compute young",
      ],
      [
        "fault",
        "dev-data is locked since 2026-11-01T06:30:00Z by runner@build-7 (OperationTypeApply)",
        "when nobody works on it any more: npm run unlock -- dev data 0c4c1f5e-1111-2222-3333-444455556666",
      ],
    ]);
    expect(await run("unlock", "dev", "data", "another")).toEqual({
      code: 1,
      stdout: "",
      stderr:
        "dev-data has another lock by now: 0c4c1f5e-1111-2222-3333-444455556666, since 2026-11-01T06:30:00Z by runner@build-7 (OperationTypeApply). Nothing was changed.\n",
    });
    expect(await run("unlock", "dev", "data", "0c4c1f5e-1111-2222-3333-444455556666")).toEqual({
      code: 0,
      stdout: "Took the lock of runner@build-7 since 2026-11-01T06:30:00Z from dev-data.\n",
      stderr: "",
    });
    expect(await run("unlock", "dev", "dev-compute", "young", "--json")).toMatchObject({
      code: 0,
      stdout: `${JSON.stringify({ stack: "dev-compute", lock: "young", who: "runner@build-7", created: "2026-11-01T11:50:00Z" })}\n`,
    });
    expect(await look(states)).toEqual([["ok", `${stateBucket}: no state is locked`]]);
    expect(await run("unlock", "dev", "data", "x")).toMatchObject({ code: 1, stderr: "dev-data is not locked.\n" });
  });

  it("finds resources of a stack that there is no more", async () => {
    const instance = { mode: "managed", type: "aws_sns_topic", name: "x", instances: [] };
    const state = { version: 4, lineage: "l", serial: 1, outputs: {}, resources: [instance, instance] };
    for (const layer of ["reports", "identity"]) await put(`${layer}.tfstate`, state);
    const left = (layer: string) => [
      "warning",
      `s3://${stateBucket}/${layer}.tfstate holds 2 resources, and no stack of dev is called ${layer}`,
      'docs/gitops.md, "Removing a stack"',
    ];
    expect(await look(states)).toEqual([left("reports")]);
    const { identityCenter: _, ...analytics } = dev.analytics;
    expect(await look(states, { environment: { ...dev, analytics } })).toEqual([left("identity"), left("reports")]);
  });
});

describe("applies", () => {
  const start = (number: number, startedAt: string, more: object = {}) => ({
    version: 1 as const,
    merge: String(number).repeat(40),
    pullRequest: number,
    environment: "dev",
    startedAt,
    run: { id: String(number), attempt: 1 },
    actor: "octocat",
    ...more,
  });

  it("tells those that began and left no record, and whether they may still run", async () => {
    expect(await look(records)).toEqual([
      ["unchecked", expect.stringMatching(/^the records can't be read: /), "npm run bootstrap -- dev"],
    ]);
    await createBucket(bucketName(dev, "plans"));
    const store = new RecordStore(storeOf(defaultStore(dev), env(), dev.region));
    await store.begin(start(1, "2026-11-01T02:00:00Z"));
    await store.begin(start(2, "2026-11-01T11:30:00Z"));
    await store.begin(start(3, "2026-08-01T00:00:00Z"));
    await store.begin(start(4, "2026-11-01T02:00:00Z", { environment: "prod" }));
    const runs = "https://github.com/image-platform/darkroom/actions/runs";
    expect(await look(records)).toEqual([
      [
        "fault",
        "the apply of 111111111111 began 2026-11-01T02:00:00Z, started by octocat, and left no record: it was killed",
        `unlock the state if it is locked, then run ${runs}/1 again`,
      ],
      [
        "warning",
        "the apply of 222222222222 began 2026-11-01T11:30:00Z, started by octocat, and left no record; it may still run",
        `look at ${runs}/2`,
      ],
    ]);
    for (const number of [1, 2]) {
      const again = start(number, "2026-11-01T11:45:00Z", { run: { id: String(number), attempt: 2 } });
      await store.begin(again);
      const ended = { endedAt: "2026-11-01T11:46:00Z", outcome: "applied" as const, stacks: [], approvedBy: [] };
      await store.put({ ...again, ...ended });
    }
    expect(await look(records)).toEqual([["ok", "every apply of the last 30 days that began has its record"]]);
  });
});

describe("workflows' access", () => {
  const iam = () => new IAMClient(awsConfig(env(), dev.region));
  const providerArn = `arn:aws:iam::${dev.account}:oidc-provider/token.actions.githubusercontent.com`;
  const trust = (repository: string) =>
    githubTrust({ providerArn, repository: { repository }, contexts: ["pull_request"] });

  it("tells what is missing, and then whom a role lets in", async () => {
    expect(await look(access)).toEqual([
      [
        "fault",
        `there is no provider token.actions.githubusercontent.com in account ${dev.account}`,
        "npm run bootstrap -- dev",
      ],
      ["fault", "there is no role darkroom-dev-plan", "npm run bootstrap -- dev"],
      ["fault", "there is no role darkroom-dev-apply", "npm run bootstrap -- dev"],
    ]);
    await iam().send(
      new CreateOpenIDConnectProviderCommand({
        Url: "https://token.actions.githubusercontent.com",
        ClientIDList: ["sts.amazonaws.com"],
      }),
    );
    for (const [role, repository] of [
      ["darkroom-dev-plan", dev.github.repository],
      ["darkroom-dev-apply", "somebody/else"],
    ] as const) {
      await iam().send(new CreateRoleCommand({ RoleName: role, AssumeRolePolicyDocument: trust(repository) }));
    }
    expect(await look(access)).toEqual([
      ["fault", "role darkroom-dev-apply does not let image-platform/darkroom in", "npm run bootstrap -- dev"],
    ]);
    await iam().send(
      new UpdateAssumeRolePolicyCommand({
        RoleName: "darkroom-dev-apply",
        PolicyDocument: trust(dev.github.repository),
      }),
    );
    expect(await look(access)).toEqual([
      ["ok", "token.actions.githubusercontent.com and the roles that plan and apply are there"],
    ]);
  });
});

describe("the command", () => {
  it("tells faults by its exit code, as JSON, and without colour when it is no terminal", async () => {
    await put("data.tfstate.tflock", { ID: "x", Operation: "o", Who: "w", Created: "2026-01-01T00:00:00Z" });
    const { code, stdout } = await run("doctor", "dev", "--json");
    const { findings, exitCode } = JSON.parse(stdout) as { findings: object[]; exitCode: number };
    expect([code, exitCode]).toEqual([1, 1]);
    expect(findings).toContainEqual({
      status: "fault",
      check: "states",
      environment: "dev",
      text: "dev-data is locked since 2026-01-01T00:00:00Z by w (o)",
      mend: "when nobody works on it any more: npm run unlock -- dev data x",
    });
    expect(findings.filter((finding) => "environment" in finding && finding.environment !== "dev")).toEqual([]);
    const told = await run("doctor", "dev");
    expect(told.code).toBe(1);
    expect(told.stdout).toContain(
      "fault        dev: states: dev-data is locked since 2026-01-01T00:00:00Z by w (o)\n             → when nobody works",
    );
    expect(told.stdout).toMatch(/\n\d+ faults, \d+ warnings, \d+ not checked, \d+ ok\.\n$/);
    expect(told.stdout).not.toContain("\u001b");
  });

  it("names the environments there are, and its exit codes", async () => {
    expect(await run("doctor", "prd")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("Did you mean prod?"),
    });
    expect((await run("doctor", "--help")).stdout).toContain("Exit codes: 0 nothing wrong, 1 faults.");
  });
});
