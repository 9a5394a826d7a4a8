import {
  CreateClusterV2Command,
  CreateConfigurationCommand,
  DeleteConfigurationCommand,
  DescribeClusterV2Command,
  GetBootstrapBrokersCommand,
  KafkaClient,
  UpdateBrokerCountCommand,
} from "@aws-sdk/client-kafka";
import { CreateEventSourceMappingCommand, LambdaClient, ListEventSourceMappingsCommand } from "@aws-sdk/client-lambda";
import { deployFunction, startTestAccount, type TestAccount } from "./test-account";

let account: TestAccount;
let kafka: KafkaClient;
let lambda: LambdaClient;

beforeAll(async () => {
  account = await startTestAccount();
  kafka = new KafkaClient(account.client);
  lambda = new LambdaClient(account.client);
});

afterAll(async () => {
  kafka?.destroy();
  lambda?.destroy();
  await account?.stop();
});

const newCluster = (name: string, configuration?: string) =>
  kafka.send(
    new CreateClusterV2Command({
      ClusterName: name,
      Provisioned: {
        KafkaVersion: "3.9.x.kraft",
        NumberOfBrokerNodes: 2,
        BrokerNodeGroupInfo: { ClientSubnets: ["subnet-1", "subnet-2"], InstanceType: "kafka.m7g.large" },
        ClientAuthentication: { Sasl: { Iam: { Enabled: true } } },
        ...(configuration ? { ConfigurationInfo: { Arn: configuration, Revision: 1 } } : {}),
      },
    }),
  );

it("answers the real broker's address as the bootstrap brokers of the ways in that are enabled", async () => {
  const { ClusterArn } = await newCluster("brokers");
  const { $metadata: _, ...brokers } = await kafka.send(new GetBootstrapBrokersCommand({ ClusterArn }));
  expect(brokers).toEqual({ BootstrapBrokerStringSaslIam: "127.0.0.1:9092" });
});

it("refuses a change against an older version of the cluster, and a second cluster of the name", async () => {
  const { ClusterArn } = await newCluster("changes");
  await expect(newCluster("changes")).rejects.toThrow("The cluster name changes already exists.");
  const { ClusterInfo } = await kafka.send(new DescribeClusterV2Command({ ClusterArn }));
  const grow = { ClusterArn, CurrentVersion: ClusterInfo?.CurrentVersion, TargetNumberOfBrokerNodes: 4 };
  await kafka.send(new UpdateBrokerCountCommand(grow));
  await expect(kafka.send(new UpdateBrokerCountCommand(grow))).rejects.toThrow("The current version is K2.");
  const after = await kafka.send(new DescribeClusterV2Command({ ClusterArn }));
  expect(after.ClusterInfo?.Provisioned?.NumberOfBrokerNodes).toBe(4);
});

it("refuses to delete a configuration that a cluster uses", async () => {
  const made = await kafka.send(new CreateConfigurationCommand({ Name: "used", ServerProperties: Buffer.from("a=b") }));
  await newCluster("user", made.Arn);
  await expect(kafka.send(new DeleteConfigurationCommand({ Arn: made.Arn }))).rejects.toThrow(
    "The configuration is in use by user.",
  );
});

it("refuses a mapping AWS would refuse, naming every fault", async () => {
  await deployFunction(account, "stream", "exports.handler = async () => null");
  await expect(
    lambda.send(
      new CreateEventSourceMappingCommand({
        EventSourceArn: "arn:aws:kafka:eu-central-1:123456789012:cluster/a/b",
        FunctionName: "stream",
        BatchSize: 20_000,
        MaximumBatchingWindowInSeconds: 0,
        ProvisionedPollerConfig: { MinimumPollers: 5, MaximumPollers: 2 },
      }),
    ),
  ).rejects.toThrow(
    "BatchSize: expected a whole number from 1 to 10000, but got 20000; " +
      "MaximumBatchingWindowInSeconds: expected at least 1 when BatchSize is more than 10, but got 0; " +
      "Topics: expected exactly one topic; StartingPosition: expected TRIM_HORIZON, LATEST or AT_TIMESTAMP; " +
      "ProvisionedPollerConfig: expected 1 to 200 minimum and as many to 2000 maximum pollers, but got 5 and 2",
  );
});

it("lists Kafka mappings beside the emulated account's own", async () => {
  await lambda.send(
    new CreateEventSourceMappingCommand({
      EventSourceArn: "arn:aws:kafka:eu-central-1:123456789012:cluster/a/b",
      FunctionName: "stream",
      Topics: ["images"],
      StartingPosition: "LATEST",
    }),
  );
  const { EventSourceMappings } = await lambda.send(new ListEventSourceMappingsCommand({ FunctionName: "stream" }));
  expect(EventSourceMappings).toMatchObject([{ Topics: ["images"], BatchSize: 100, State: "Enabled" }]);
});
