import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CreateFunctionCommand, InvokeCommand, LambdaClient, waitUntilFunctionActiveV2 } from "@aws-sdk/client-lambda";
import { DeleteEndpointCommand, SageMakerClient, StopTrainingJobCommand } from "@aws-sdk/client-sagemaker";
import { bundle } from "../../functions/bundle/bundle";
import { readGpuMeter } from "../../functions/bundle/read-gpu-meter";
import { type Gateway, startGateway } from "../../local/gateway/gateway";
import { type Ministack, startMinistack } from "../../local/processes/ministack";
import { freePort } from "../../local/processes/ports";
import { testFolder } from "../support/folders";
import { Analysts, of } from "../support/sagemaker";

jest.setTimeout(300_000);

const folder = testFolder();
const FunctionName = "darkroom-test-gpu-meter";
let ministack: Ministack | undefined;
let gateway: Gateway | undefined;
let lambda: LambdaClient;
let sagemaker: SageMakerClient;

beforeAll(async () => {
  await bundle({ folder: "processing", architecture: "host" }, () => {});
  const port = await freePort();
  const functionsEndpoint = `http://127.0.0.1:${port}`;
  ministack = await startMinistack({ stateFolder: join(folder, "state"), functionsEndpoint, log: () => {} });
  gateway = await startGateway({
    upstream: ministack.endpoint,
    stateFile: join(folder, "gateway.json"),
    kafkaBrokers: [],
    port,
  });
  const client = {
    endpoint: gateway.endpoint,
    region: "eu-central-1",
    credentials: { accessKeyId: "111122223333", secretAccessKey: "local" },
  };
  lambda = new LambdaClient(client);
  sagemaker = new SageMakerClient(client);
});

afterAll(async () => {
  lambda?.destroy();
  sagemaker?.destroy();
  await gateway?.stop();
  await ministack?.stop();
});

/** Calls the function as the rule does; answers the metrics that it wrote into its log. */
async function sample(): Promise<Record<string, unknown>[]> {
  const { FunctionError, LogResult = "" } = await lambda.send(new InvokeCommand({ FunctionName, LogType: "Tail" }));
  const log = Buffer.from(LogResult, "base64").toString();
  if (FunctionError) throw new Error(`${FunctionError}\n${log}`);
  return log
    .split("\n")
    .filter((line) => line.startsWith('{"_aws"'))
    .map((line) => JSON.parse(line))
    .map(({ _aws: _, ...metric }) => metric);
}

const metrics = (one: number, two: number, unassigned: number) => [
  { environment: "test", group: "one", GpuMinutes: one },
  { environment: "test", group: "two", GpuMinutes: two },
  { environment: "test", UnassignedGpuMinutes: unassigned },
];

it("the bundled function, on the emulated account, measures what analysts start there", async () => {
  const analysts = new Analysts(sagemaker);
  const domain = await analysts.domain();
  const created = await lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Role: "arn:aws:iam::111122223333:role/any",
      Runtime: "nodejs22.x",
      Handler: "gpu-meter.handler",
      Timeout: 240,
      Code: { ZipFile: readFileSync(readGpuMeter().zipPath) },
      Environment: {
        Variables: {
          ENVIRONMENT: "test",
          DOMAIN_ID: domain,
          GROUPS: "one,two",
          NAME_PREFIX: "test-",
          NAME_END: "--",
          ROLE_PREFIX: "darkroom-test-analysts-",
          SAMPLE_MINUTES: "5",
        },
      },
    }),
  );
  expect(created.FunctionName).toBe(FunctionName);
  await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 60 }, { FunctionName });
  expect(await sample()).toEqual(metrics(0, 0, 0));

  await analysts.train("test-one--train", of("ml.g5.12xlarge", 2));
  await analysts.process("test-one--features", "ml.g5.xlarge", 3);
  await analysts.transform("test-two--batch", "ml.p3.8xlarge");
  await analysts.serve("test-two--names", ["ml.g5.xlarge", 2], ["ml.m5.xlarge", 4]);
  await analysts.profile(domain, "ann", "darkroom-test-analysts-two");
  await analysts.open(domain, "of-ann", "ml.g5.xlarge", "ann");
  await analysts.open(domain, "shared", "ml.g5.xlarge");
  // Another environment of the account has groups called the same.
  await analysts.train("dev-one--train", of("ml.g5.12xlarge", 2), 24, { environment: "dev" });
  expect(await sample()).toEqual(metrics((8 + 3) * 5, (4 + 2 + 1) * 5, 5));

  await sagemaker.send(new StopTrainingJobCommand({ TrainingJobName: "test-one--train" }));
  await sagemaker.send(new DeleteEndpointCommand({ EndpointName: "test-two--names" }));
  expect(await sample()).toEqual(metrics(3 * 5, (4 + 1) * 5, 5));
});
