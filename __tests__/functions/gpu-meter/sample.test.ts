import { join } from "node:path";
import {
  DeleteEndpointCommand,
  DeleteEndpointConfigCommand,
  SageMakerClient,
  StopTrainingJobCommand,
} from "@aws-sdk/client-sagemaker";
import type { Log, LogFields } from "../../../functions/common/log";
import type { GpuMeterEnvironment } from "../../../functions/gpu-meter/environment";
import { takeSample } from "../../../functions/gpu-meter/handler";
import { AwsError, type Gap } from "../../../local/gateway/gap";
import { gaps } from "../../../local/gateway/gaps";
import { type Gateway, startGateway } from "../../../local/gateway/gateway";
import { temporaryFolders } from "../../fixtures/temporary-folder";
import { Analysts, of } from "../../support/sagemaker";

const folder = temporaryFolders();
const hour = 3_600_000;

let clock: number;
let gateway: Gateway;
let client: SageMakerClient;
let analysts: Analysts;
let settings: GpuMeterEnvironment;
/** Answers that the next calls of an operation get before all others. */
let instead: Map<string, AwsError[]>;
/** Fields that the answers of an operation have otherwise than the local account gives them; undefined takes one away. */
let otherwise: Map<string, Record<string, unknown>>;
let calls: string[];
let lines: [message: string, fields: LogFields | undefined][];

const log: Log = (_, message, fields) => lines.push([message, fields]);
const sample = () => takeSample({ client, settings, log });
const minutesOf = async () => {
  const { groups, unassigned } = await sample();
  return { ...Object.fromEntries(groups), unassigned };
};

/** The gaps of SageMaker, which tell what they were asked and may be made to fail. */
const watched = (gap: Gap): Gap => ({
  ...gap,
  async answer(request, context) {
    const { operation = "" } = request;
    calls.push(operation);
    const error = instead.get(operation)?.shift();
    if (error) throw error;
    const reply = await gap.answer(request, context);
    const fields = otherwise.get(operation);
    return fields ? { ...reply, body: JSON.stringify({ ...JSON.parse(String(reply.body)), ...fields }) } : reply;
  },
});

beforeEach(async () => {
  [clock, calls, lines] = [Date.parse("2026-02-01T10:00:00Z"), [], []];
  [instead, otherwise] = [new Map(), new Map()];
  gateway = await startGateway({
    upstream: "http://127.0.0.1:9",
    stateFile: join(folder(), "gateway.json"),
    kafkaBrokers: [],
    gaps: gaps.filter(({ service }) => service === "sagemaker").map(watched),
    now: () => new Date(clock),
  });
  client = new SageMakerClient({
    endpoint: gateway.endpoint,
    region: "eu-central-1",
    credentials: { accessKeyId: "111122223333", secretAccessKey: "local" },
  });
  analysts = new Analysts(client);
  settings = {
    environment: "prod",
    domainId: await analysts.domain(),
    groups: ["one", "one-more"],
    namePrefix: "prod-",
    nameEnd: "--",
    rolePrefix: "darkroom-prod-analysts-",
    sampleMinutes: 5,
  };
  calls.length = 0;
});

afterEach(async () => {
  client.destroy();
  await gateway.stop();
});

it("nothing that runs is nothing", async () => {
  expect(await minutesOf()).toEqual({ one: 0, "one-more": 0, unassigned: 0 });
  expect(lines).toEqual([]);
});

it("counts jobs of each kind by the group in their name, and says of each what it counted", async () => {
  await analysts.train("prod-one--train", of("ml.g5.12xlarge", 2));
  await analysts.train("prod-one-more--mixed", {
    InstanceGroups: [
      { InstanceGroupName: "gpus", InstanceType: "ml.p4d.24xlarge", InstanceCount: 1 },
      { InstanceGroupName: "data", InstanceType: "ml.c5.18xlarge", InstanceCount: 4 },
    ],
  });
  await analysts.process("prod-one--features", "ml.g5.xlarge", 3);
  await analysts.process("prod-one--plain", "ml.m5.xlarge", 3);
  await analysts.transform("prod-one-more--batch", "ml.p3.8xlarge");
  await analysts.train("somebody-s", of("ml.g5.xlarge", 1));
  expect(await minutesOf()).toEqual({ one: (8 + 3) * 5, "one-more": (8 + 4) * 5, unassigned: 5 });
  expect(lines).toEqual([
    ["GPUs run", { kind: "training-job", name: "prod-one--train", group: "one", gpus: 8 }],
    ["GPUs run", { kind: "training-job", name: "prod-one-more--mixed", group: "one-more", gpus: 8 }],
    ["GPUs of no group run", { kind: "training-job", name: "somebody-s", group: undefined, gpus: 1 }],
    ["GPUs run", { kind: "processing-job", name: "prod-one--features", group: "one", gpus: 3 }],
    ["GPUs run", { kind: "transform-job", name: "prod-one-more--batch", group: "one-more", gpus: 4 }],
  ]);
});

describe("beside another environment of the account, whose groups are called the same", () => {
  const dev = { environment: "dev", group: "dev-one" };

  it("counts what is its own, and not even as nobody's what says that it is the other's", async () => {
    await analysts.train("prod-one--train", of("ml.g5.xlarge", 1), 24, { environment: "prod" });
    await analysts.train("dev-one--train", of("ml.g5.12xlarge", 2), 24, dev);
    await analysts.process("dev-one--features", "ml.g5.xlarge", 3, dev);
    await analysts.transform("dev-one--batch", "ml.p3.8xlarge", 1, dev);
    await analysts.serveTagged("dev-one--names", dev, ["ml.g5.xlarge", 2]);
    expect(await minutesOf()).toEqual({ one: 5, "one-more": 0, unassigned: 0 });
    expect(lines.map(([, fields]) => fields?.name)).toEqual(["prod-one--train"]);
  });

  it("goes by the name that rights hold for, whatever the tags say, and asks for tags of what is no group's alone", async () => {
    await analysts.train("prod-one--train", of("ml.g5.xlarge", 1), 24, dev);
    await analysts.train("prod-one--plain", of("ml.m5.xlarge", 1));
    await analysts.train("somebody-s-plain", of("ml.m5.xlarge", 1));
    expect(await minutesOf()).toEqual({ one: 5, "one-more": 0, unassigned: 0 });
    expect(calls).not.toContain("ListTags");
  });

  it("takes for nobody's what has the name of the other's group, and does not say whose it is", async () => {
    await analysts.train("dev-one--train", of("ml.g5.xlarge", 1));
    await analysts.train("somebody-s", of("ml.g5.xlarge", 1), 24, { environment: "prod" });
    expect(await minutesOf()).toEqual({ one: 0, "one-more": 0, unassigned: 10 });
  });

  it("fails as a whole when tags can't be asked for", async () => {
    await analysts.train("dev-one--train", of("ml.g5.xlarge", 1), 24, dev);
    instead.set("ListTags", [new AwsError("AccessDeniedException", "not authorized")]);
    await expect(sample()).rejects.toThrow("not authorized");
  });
});

it("the samples of a job come to its hours, and end with it", async () => {
  await analysts.train("prod-one--hours", of("ml.g5.xlarge", 2), 3);
  let minutes = 0;
  for (const end = clock + 5 * hour; clock < end; clock += 5 * 60_000)
    minutes += (await sample()).groups.get("one") ?? 0;
  expect(minutes).toBe(3 * 2 * 60);
});

it("a stopped job counts no more", async () => {
  await analysts.train("prod-one--stopped", of("ml.g5.xlarge", 1));
  await client.send(new StopTrainingJobCommand({ TrainingJobName: "prod-one--stopped" }));
  expect((await sample()).groups.get("one")).toBe(0);
});

it("counts endpoints by the instances that they have, until they are removed", async () => {
  await analysts.serve("prod-one--names", ["ml.g5.xlarge", 2], ["ml.m5.xlarge", 5]);
  await analysts.serve("prod-one-more--plain", ["ml.m5.xlarge", 5]);
  expect(await minutesOf()).toEqual({ one: 10, "one-more": 0, unassigned: 0 });
  await client.send(new DeleteEndpointCommand({ EndpointName: "prod-one--names" }));
  expect(await minutesOf()).toEqual({ one: 0, "one-more": 0, unassigned: 0 });
});

it("an endpoint whose configuration was removed alone counts a GPU an instance, and the log says so", async () => {
  await analysts.serve("prod-one--names", ["ml.g5.12xlarge", 2]);
  await client.send(new DeleteEndpointConfigCommand({ EndpointConfigName: "prod-one--names" }));
  expect((await sample()).groups.get("one")).toBe(10);
  const fields = { kind: "endpoint", name: "prod-one--names", group: "one" };
  expect(lines).toEqual([
    ["instances of an unknown type are counted as one GPU each", fields],
    ["GPUs run", { ...fields, gpus: 2 }],
  ]);
});

it("counts Studio's apps by the role of their space's owner, and asks for owners of apps with GPUs alone", async () => {
  const { domainId } = settings;
  await analysts.profile(domainId, "ann", "darkroom-prod-analysts-one");
  await analysts.profile(domainId, "eve", "darkroom-prod-analysts-without-group");
  await analysts.open(domainId, "of-ann", "ml.g5.xlarge", "ann");
  await analysts.open(domainId, "of-eve", "ml.g5.xlarge", "eve");
  await analysts.open(domainId, "shared", "ml.g5.xlarge");
  await analysts.open(domainId, "plain", "ml.t3.medium", "ann");
  calls.length = 0;
  expect(await minutesOf()).toEqual({ one: 5, "one-more": 0, unassigned: 10 });
  expect(calls.filter((call) => call === "DescribeSpace")).toHaveLength(3);
  expect(lines.map(([, fields]) => fields?.name)).toEqual(["of-ann/default", "of-eve/default", "shared/default"]);
});

it.each([
  ["waits for instances", { TrainingStartTime: undefined, SecondaryStatus: "Pending" }, 0],
  ["was interrupted and waits for other instances", { SecondaryStatus: "Interrupted" }, 0],
  ["failed a moment ago", { TrainingJobStatus: "Failed" }, 0],
  ["ended a moment ago", { TrainingJobStatus: "Completed" }, 0],
  [
    "ended, and keeps its instances for the next",
    { TrainingJobStatus: "Completed", WarmPoolStatus: { Status: "Available" } },
    5,
  ],
])("a training job that %s: %j", async (_, fields, minutes) => {
  await analysts.train("prod-one--job", of("ml.g5.xlarge", 1));
  otherwise.set("DescribeTrainingJob", fields);
  expect((await sample()).groups.get("one")).toBe(minutes);
});

it("looks for warm pools, which no list of jobs in progress names", async () => {
  await analysts.train("prod-one--job", of("ml.g5.xlarge", 1));
  await client.send(new StopTrainingJobCommand({ TrainingJobName: "prod-one--job" }));
  otherwise.set("DescribeTrainingJob", { WarmPoolStatus: { Status: "Available" } });
  otherwise.set("ListTrainingJobs", { TrainingJobSummaries: [{ TrainingJobName: "prod-one--job" }] });
  expect((await sample()).groups.get("one")).toBe(5);
});

it("a processing and a transform job that wait for instances are nothing", async () => {
  await analysts.process("prod-one--process", "ml.g5.xlarge");
  await analysts.transform("prod-one--transform", "ml.p3.8xlarge");
  otherwise.set("DescribeProcessingJob", { ProcessingStartTime: undefined });
  otherwise.set("DescribeTransformJob", { TransformStartTime: undefined });
  expect((await sample()).groups.get("one")).toBe(0);
});

it.each([
  ["InService", 10],
  ["Updating", 10],
  ["SystemUpdating", 10],
  ["RollingBack", 10],
  ["UpdateRollbackFailed", 10],
  ["OutOfService", 10],
  ["Creating", 0],
  ["Deleting", 0],
  ["Failed", 0],
])("an endpoint that is %s counts %i minutes", async (EndpointStatus, minutes) => {
  await analysts.serve("prod-one--names", ["ml.g5.xlarge", 2]);
  otherwise.set("DescribeEndpoint", { EndpointStatus });
  expect((await sample()).groups.get("one")).toBe(minutes);
});

it("counts an endpoint's shadow variants and pools of instances, and nothing of serverless variants", async () => {
  await analysts.serve("prod-one--names", ["ml.g5.xlarge", 1]);
  otherwise.set("DescribeEndpointConfig", {
    ProductionVariants: [
      { VariantName: "a", InstanceType: "ml.g5.xlarge" },
      { VariantName: "b" },
      { VariantName: "c" },
    ],
    ShadowProductionVariants: [{ VariantName: "d", InstanceType: "ml.g5.12xlarge" }],
  });
  otherwise.set("DescribeEndpoint", {
    ProductionVariants: [
      { VariantName: "a", CurrentInstanceCount: 1 },
      { VariantName: "b", CurrentServerlessConfig: { MemorySizeInMB: 2048, MaxConcurrency: 5 } },
      {
        VariantName: "c",
        CurrentInstanceCount: 4,
        InstancePools: [
          { InstanceType: "ml.g5.48xlarge", CurrentInstanceCount: 1 },
          { InstanceType: "ml.m5.xlarge", CurrentInstanceCount: 3 },
        ],
      },
    ],
    ShadowProductionVariants: [{ VariantName: "d", CurrentInstanceCount: 2 }],
  });
  expect((await sample()).groups.get("one")).toBe((1 + 8 + 8) * 5);
});

it.each(["Pending", "Deleting", "Deleted", "Failed"])("an app that is %s is nothing", async (Status) => {
  await analysts.profile(settings.domainId, "ann", "darkroom-prod-analysts-one");
  const app = { AppName: "default", UserProfileName: "ann", ResourceSpec: { InstanceType: "ml.g5.xlarge" } };
  otherwise.set("ListApps", { Apps: [{ ...app, DomainId: settings.domainId, Status }] });
  expect((await sample()).groups.get("one")).toBe(0);
  otherwise.set("ListApps", { Apps: [{ ...app, DomainId: settings.domainId, Status: "InService" }] });
  expect((await sample()).groups.get("one")).toBe(5);
});

it("reads lists to their last page", async () => {
  for (let job = 0; job < 101; job++) await analysts.process(`prod-one--${job}`, "ml.g5.xlarge");
  expect((await sample()).groups.get("one")).toBe(505);
  expect(calls.filter((call) => call === "ListProcessingJobs")).toHaveLength(2);
});

it("takes what vanishes after it was listed for nothing", async () => {
  await analysts.train("prod-one--job", of("ml.g5.xlarge", 1));
  await analysts.serve("prod-one--endpoint", ["ml.g5.xlarge", 1]);
  await analysts.profile(settings.domainId, "ann", "darkroom-prod-analysts-one");
  await analysts.open(settings.domainId, "of-ann", "ml.g5.xlarge", "ann");
  instead.set("DescribeTrainingJob", [new AwsError("ResourceNotFound", "Requested resource not found.")]);
  instead.set("DescribeEndpoint", [new AwsError("ValidationException", "Could not find endpoint prod-one--endpoint.")]);
  instead.set("DescribeSpace", [new AwsError("ResourceNotFound", "Space does not exist.")]);
  expect(await minutesOf()).toEqual({ one: 0, "one-more": 0, unassigned: 5 });
  expect(await minutesOf()).toEqual({ one: 15, "one-more": 0, unassigned: 0 });
});

it("an endpoint that goes while its configuration is asked for is nothing either", async () => {
  await analysts.serve("prod-one--endpoint", ["ml.g5.xlarge", 1]);
  const gone = (what: string) => new AwsError("ValidationException", `Could not find ${what} prod-one--endpoint.`);
  instead.set("DescribeEndpointConfig", [gone("endpoint configuration")]);
  const describe = client.send.bind(client);
  let described = 0;
  jest.spyOn(client, "send").mockImplementation(((command: Parameters<typeof describe>[0]) => {
    if (command.constructor.name === "DescribeEndpointCommand" && ++described === 2) {
      instead.set("DescribeEndpoint", [gone("endpoint")]);
    }
    return describe(command);
  }) as typeof client.send);
  expect((await sample()).groups.get("one")).toBe(0);
  expect(described).toBe(2);
});

it("asks again when it is throttled", async () => {
  await analysts.train("prod-one--job", of("ml.g5.xlarge", 1));
  instead.set("ListTrainingJobs", [new AwsError("ThrottlingException", "Rate exceeded")]);
  instead.set("DescribeTrainingJob", [new AwsError("ThrottlingException", "Rate exceeded")]);
  expect((await sample()).groups.get("one")).toBe(5);
});

it("fails as a whole when something can't be asked, rather than counting less", async () => {
  await analysts.train("prod-one--job", of("ml.g5.xlarge", 1));
  instead.set("ListEndpoints", [new AwsError("AccessDeniedException", "not authorized")]);
  await expect(sample()).rejects.toThrow("not authorized");
});
