import { join } from "node:path";
import {
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  ScanCommand,
} from "@aws-sdk/client-dynamodb";
import { CreateFunctionCommand, LambdaClient, waitUntilFunctionActiveV2 } from "@aws-sdk/client-lambda";
import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  GetObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from "@aws-sdk/client-s3";
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { type Ministack, startMinistack } from "../../local/processes/ministack";
import { type BatchDefinitionProps, batchDefinition } from "../../modules/batch-definition";

/** Where the account is, if nothing else is said. */
const somewhere = { account: "111122223333", region: "eu-central-1" };

/** An emulated account with what the batch needs; one for a test file. */
export class BatchAccount {
  readonly s3: S3Client;
  readonly lambda: LambdaClient;
  readonly sfn: SFNClient;
  readonly dynamodb: DynamoDBClient;

  private constructor(
    readonly ministack: Ministack,
    readonly place: { readonly account: string; readonly region: string },
  ) {
    const settings = {
      endpoint: ministack.endpoint,
      region: place.region,
      credentials: { accessKeyId: place.account, secretAccessKey: "local" },
    };
    this.s3 = new S3Client({ ...settings, forcePathStyle: true });
    this.lambda = new LambdaClient(settings);
    this.sfn = new SFNClient(settings);
    this.dynamodb = new DynamoDBClient(settings);
  }

  static async start(
    folder: string,
    buckets: readonly string[],
    lockTable: string,
    place = somewhere,
  ): Promise<BatchAccount> {
    const one = new BatchAccount(await startMinistack({ stateFolder: join(folder, "state"), log: () => {} }), place);
    for (const Bucket of buckets) {
      const CreateBucketConfiguration = { LocationConstraint: place.region as BucketLocationConstraint };
      await one.s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
    }
    await one.dynamodb.send(
      new CreateTableCommand({
        TableName: lockTable,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [{ AttributeName: "job", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "job", KeyType: "HASH" }],
      }),
    );
    return one;
  }

  async stop(): Promise<void> {
    for (const client of [this.s3, this.lambda, this.sfn, this.dynamodb]) client.destroy();
    await this.ministack.stop();
  }

  /** Deploys a function from a zip; answers its ARN. */
  async deploy(
    FunctionName: string,
    Handler: string,
    ZipFile: Uint8Array,
    Variables: Record<string, string> = {},
  ): Promise<string> {
    const Role = `arn:aws:iam::${this.place.account}:role/any`;
    const settings = { FunctionName, Handler, Role, Runtime: "nodejs22.x", Timeout: 60, MemorySize: 2048 } as const;
    const created = await this.lambda.send(
      new CreateFunctionCommand({ ...settings, Code: { ZipFile }, Environment: { Variables } }),
    );
    await waitUntilFunctionActiveV2({ client: this.lambda, maxWaitTime: 120 }, { FunctionName });
    return created.FunctionArn ?? "";
  }

  /** Creates the batch's state machine; answers its ARN. */
  async stateMachine(name: string, props: BatchDefinitionProps): Promise<string> {
    const roleArn = `arn:aws:iam::${this.place.account}:role/batch`;
    const created = await this.sfn.send(
      new CreateStateMachineCommand({ name, definition: batchDefinition(props), roleArn }),
    );
    return created.stateMachineArn ?? "";
  }

  /** Runs it to its end. */
  async run(stateMachineArn: string, input: unknown = {}) {
    const { executionArn } = await this.sfn.send(
      new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }),
    );
    for (;;) {
      const execution = await this.sfn.send(new DescribeExecutionCommand({ executionArn }));
      if (execution.status !== "RUNNING") return execution;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async put(Bucket: string, Key: string, Body: string | Uint8Array = "x"): Promise<void> {
    await this.s3.send(new PutObjectCommand({ Bucket, Key, Body }));
  }

  async json(Bucket: string, Key: string) {
    const { Body } = await this.s3.send(new GetObjectCommand({ Bucket, Key }));
    return JSON.parse((await Body?.transformToString()) ?? "");
  }

  async locks(TableName: string) {
    return (await this.dynamodb.send(new ScanCommand({ TableName }))).Items;
  }

  async takeLock(TableName: string, execution: string): Promise<Record<string, unknown>> {
    const expiresAt = { N: String(Math.floor(Date.now() / 1000) + 600) };
    const Item = { job: { S: "batch" }, execution: { S: execution }, expiresAt };
    await this.dynamodb.send(new PutItemCommand({ TableName, Item }));
    return Item;
  }

  async giveLockBack(TableName: string): Promise<void> {
    await this.dynamodb.send(new DeleteItemCommand({ TableName, Key: { job: { S: "batch" } } }));
  }

  /** Keys in a bucket, sorted. */
  async keys(Bucket: string, Prefix = ""): Promise<string[]> {
    const keys: string[] = [];
    for await (const { Contents = [] } of paginateListObjectsV2({ client: this.s3 }, { Bucket, Prefix })) {
      keys.push(...Contents.flatMap(({ Key }) => Key ?? []));
    }
    return keys.sort();
  }
}
