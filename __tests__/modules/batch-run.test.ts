import { join } from "node:path";
import { CreateTableCommand, DynamoDBClient, PutItemCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { type Ministack, startMinistack } from "../../local/processes/ministack";
import { batchDefinition } from "../../modules/batch-definition";
import { testFolder } from "../support/folders";

const account = "111122223333";
const region = "eu-central-1";

describe("a run of the batch with nothing pending", () => {
  const folder = testFolder();
  let ministack: Ministack | undefined;
  beforeAll(async () => {
    ministack = await startMinistack({ stateFolder: join(folder, "state"), log: () => {} });
    const { s3, dynamodb } = clients();
    await s3.send(
      new CreateBucketCommand({ Bucket: "uploads", CreateBucketConfiguration: { LocationConstraint: region } }),
    );
    await dynamodb.send(
      new CreateTableCommand({
        TableName: "run-locks",
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [{ AttributeName: "job", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "job", KeyType: "HASH" }],
      }),
    );
  }, 90_000);
  afterAll(() => ministack?.stop(), 60_000);

  const clients = () => {
    const settings = {
      endpoint: ministack?.endpoint ?? "",
      region,
      credentials: { accessKeyId: account, secretAccessKey: "local" },
    };
    return {
      s3: new S3Client({ ...settings, forcePathStyle: true }),
      dynamodb: new DynamoDBClient(settings),
      sfn: new SFNClient(settings),
    };
  };

  const run = async (name: string) => {
    const { sfn } = clients();
    const definition = batchDefinition({
      functionArn: `arn:aws:lambda:${region}:${account}:function:none`,
      uploadsBucket: "uploads",
      pendingPrefix: "pending/",
      concurrency: 1,
      itemsPerChild: 1,
      toleratedFailurePercent: 10,
      lockTable: "run-locks",
      reportBucket: "uploads",
      reportPrefix: "reports/",
    });
    const roleArn = `arn:aws:iam::${account}:role/batch`;
    const { stateMachineArn } = await sfn.send(new CreateStateMachineCommand({ name, definition, roleArn }));
    const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn }));
    for (;;) {
      const execution = await sfn.send(new DescribeExecutionCommand({ executionArn }));
      if (execution.status !== "RUNNING") return execution;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  const locks = async () => (await clients().dynamodb.send(new ScanCommand({ TableName: "run-locks" }))).Items;

  it("ends well and leaves no lock behind", async () => {
    expect((await run("empty")).status).toBe("SUCCEEDED");
    expect(await locks()).toEqual([]);
  });

  it("ends well and names the holder when another run holds the lock", async () => {
    const expiresAt = { N: String(Math.floor(Date.now() / 1000) + 600) };
    const holder = { job: { S: "batch" }, execution: { S: "another run" }, expiresAt };
    await clients().dynamodb.send(new PutItemCommand({ TableName: "run-locks", Item: holder }));
    const { status, output } = await run("held");
    expect(status).toBe("SUCCEEDED");
    expect(JSON.parse(output ?? "").heldBy.execution).toEqual({ S: "another run" });
    expect(await locks()).toEqual([holder]);
  });
});
