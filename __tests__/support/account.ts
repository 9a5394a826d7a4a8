import { join } from "node:path";
import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { localAccountEnvironment } from "../../gitops/target";
import { type Ministack, startMinistack } from "../../local/processes/ministack";
import { testRegion } from "./synthesized";

/** An emulated AWS account for one test file. */
export interface TestAccount {
  /** Environment for Terraform. */
  env(): NodeJS.ProcessEnv;
  s3(): S3Client;
  /** Keys in a bucket, sorted. */
  keys(bucket: string): Promise<string[]>;
}

const account = "111122223333";

/** Starts an account before the tests of a file, and ends it after them. */
export function testAccount(folder: string): TestAccount {
  let running: Ministack | undefined;
  let client: S3Client | undefined;
  const endpoint = () => {
    if (!running) throw new Error("The account is only there while tests run.");
    return running.endpoint;
  };
  const s3 = () => {
    client ??= new S3Client({
      endpoint: endpoint(),
      region: testRegion,
      forcePathStyle: true,
      credentials: { accessKeyId: account, secretAccessKey: "local" },
    });
    return client;
  };
  beforeAll(async () => {
    running = await startMinistack({ stateFolder: join(folder, "ministack"), log: () => {} });
  });
  afterAll(async () => {
    client?.destroy();
    await running?.stop();
  });
  return {
    env: () => localAccountEnvironment(process.env, { endpoint: endpoint(), account, region: testRegion }),
    s3,
    keys: async (bucket) => {
      const { Contents = [] } = await s3().send(new ListObjectsV2Command({ Bucket: bucket }));
      return Contents.flatMap(({ Key }) => Key ?? []).sort();
    },
  };
}
