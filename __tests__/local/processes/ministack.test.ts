import { networkInterfaces } from "node:os";
import { CreateFunctionCommand, InvokeCommand, LambdaClient, waitUntilFunctionActiveV2 } from "@aws-sdk/client-lambda";
import {
  CreateBucketCommand,
  GetBucketLifecycleConfigurationCommand,
  GetObjectCommand,
  PutBucketLifecycleConfigurationCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { strToU8, zipSync } from "fflate";
import { type Ministack, startMinistack } from "../../../local/processes/ministack";
import { isRunning } from "../../../local/processes/process-identity";
import { ServerStartError } from "../../../local/processes/server-process";
import { temporaryFolders } from "../../fixtures/temporary-folder";
import { until } from "../../fixtures/until";

const temporaryFolder = temporaryFolders();
const region = "eu-central-1";
const account = "123456789012";
const log = (): void => undefined;

const running: Ministack[] = [];
const start = async (props: Omit<Parameters<typeof startMinistack>[0], "log">): Promise<Ministack> => {
  const ministack = await startMinistack({ ...props, log });
  running.push(ministack);
  return ministack;
};
afterEach(async () => {
  for (const ministack of running.splice(0)) ministack.kill();
});

const client = (endpoint: string) => ({
  endpoint,
  region,
  credentials: { accessKeyId: account, secretAccessKey: "local" },
  forcePathStyle: true,
});

const Bucket = "darkroom-test";
const rules = {
  Rules: [{ ID: "images", Status: "Enabled" as const, Filter: { Prefix: "images/" }, Expiration: { Days: 7 } }],
};

const fill = async ({ endpoint }: Ministack): Promise<void> => {
  const s3 = new S3Client(client(endpoint));
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: rules }));
  await s3.send(new PutObjectCommand({ Bucket, Key: "images/cat", Body: "a cat" }));
};

const expectFilled = async ({ endpoint }: Ministack): Promise<void> => {
  const s3 = new S3Client(client(endpoint));
  expect((await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).Rules).toEqual(rules.Rules);
  const object = await s3.send(new GetObjectCommand({ Bucket, Key: "images/cat" }));
  expect(await object.Body?.transformToString()).toBe("a cat");
};

test("what was done is there again after it was stopped", async () => {
  const stateFolder = temporaryFolder();
  const first = await start({ stateFolder });
  await fill(first);
  await first.stop();
  expect(isRunning(first.pid)).toBe(false);
  await expectFilled(await start({ stateFolder }));
});

test("what was saved is there again after it was killed", async () => {
  const stateFolder = temporaryFolder();
  const first = await start({ stateFolder });
  await fill(first);
  await first.save();
  first.kill();
  await first.ended;
  await expectFilled(await start({ stateFolder }));
});

test("takes the account from the access key, and the port it is given", async () => {
  const first = await start({ stateFolder: temporaryFolder() });
  expect((await new STSClient(client(first.endpoint)).send(new GetCallerIdentityCommand({}))).Account).toBe(account);
  await first.stop();
  const port = Number(new URL(first.endpoint).port);
  expect((await start({ stateFolder: temporaryFolder(), port })).endpoint).toBe(first.endpoint);
});

test("a port that is taken is an error with the end of the log", async () => {
  const port = Number(new URL((await start({ stateFolder: temporaryFolder() })).endpoint).port);
  const second = start({ stateFolder: temporaryFolder(), port });
  await expect(second).rejects.toThrow(ServerStartError);
  await expect(second).rejects.toThrow(`127.0.0.1:${port} is already in use`);
});

test("cannot be reached from another computer", async () => {
  const { endpoint } = await start({ stateFolder: temporaryFolder() });
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  for (const { address } of addresses.filter((one) => !one.internal && one.family === "IPv4"))
    await expect(fetch(endpoint.replace("127.0.0.1", address))).rejects.toThrow("fetch failed");
});

test("functions run on this Node, call the endpoint they are given and know nothing of this computer's settings", async () => {
  process.env.DARKROOM_SECRET = "secret";
  const functionsEndpoint = "http://127.0.0.1:9";
  const { endpoint } = await start({ stateFolder: temporaryFolder(), functionsEndpoint });
  const lambda = new LambdaClient(client(endpoint));
  const code = "exports.handler = async () => ({ version: process.version, env: process.env })";
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: "tell",
      Runtime: "nodejs22.x",
      Handler: "index.handler",
      Role: `arn:aws:iam::${account}:role/tell`,
      Code: { ZipFile: zipSync({ "index.js": strToU8(code) }) },
      Environment: { Variables: { ENVIRONMENT: "local" } },
    }),
  );
  await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 120, minDelay: 1 }, { FunctionName: "tell" });
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: "tell" }));
  const told = JSON.parse(Buffer.from(Payload ?? []).toString());
  expect(told.version).toBe(process.version);
  expect(told.env).toMatchObject({ ENVIRONMENT: "local", AWS_REGION: region, AWS_ENDPOINT_URL: functionsEndpoint });
  expect(told.env).not.toHaveProperty("DARKROOM_SECRET");
});

test("functions end with it", async () => {
  const ministack = await start({ stateFolder: temporaryFolder() });
  const lambda = new LambdaClient(client(ministack.endpoint));
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: "pid",
      Runtime: "nodejs22.x",
      Handler: "index.handler",
      Role: `arn:aws:iam::${account}:role/pid`,
      Code: { ZipFile: zipSync({ "index.js": strToU8("exports.handler = async () => process.pid") }) },
    }),
  );
  await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 120, minDelay: 1 }, { FunctionName: "pid" });
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: "pid" }));
  const pid = Number(Buffer.from(Payload ?? []).toString());
  expect(isRunning(pid)).toBe(true);
  ministack.kill();
  await ministack.ended;
  await until("the function has ended", () => !isRunning(pid));
});
