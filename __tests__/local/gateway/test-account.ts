import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateFunctionCommand, GetFunctionCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { strToU8, zipSync } from "fflate";
import { type Gateway, startGateway } from "../../../local/gateway/gateway";
import { type KafkaBroker, startKafka } from "../../../local/processes/kafka";
import { type Ministack, startMinistack } from "../../../local/processes/ministack";

/** An emulated account behind the gateway, in a folder of its own. */
export interface TestAccount {
  readonly endpoint: string;
  readonly account: string;
  readonly region: string;
  /** Settings of an AWS SDK client. */
  readonly client: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  readonly folder: string;
  readonly ministack: Ministack;
  readonly gateway: Gateway;
  readonly kafka: KafkaBroker | undefined;
  stop(): Promise<void>;
}

const quiet = { log: () => undefined };

export const startTestAccount = async ({ kafka: withKafka = false } = {}): Promise<TestAccount> => {
  const folder = mkdtempSync(join(tmpdir(), "darkroom-account-"));
  const [ministack, kafka] = await Promise.all([
    startMinistack({ stateFolder: join(folder, "account"), ...quiet }),
    withKafka ? startKafka({ dataFolder: join(folder, "kafka"), ...quiet }) : undefined,
  ]);
  const gateway = await startGateway({
    upstream: ministack.endpoint,
    stateFile: join(folder, "gateway.json"),
    kafkaBrokers: kafka?.brokers ?? ["127.0.0.1:9092"],
  });
  const [account, region, { endpoint }] = ["123456789012", "eu-central-1", gateway];
  const running: TestAccount = {
    endpoint,
    account,
    region,
    client: { endpoint, region, credentials: { accessKeyId: account, secretAccessKey: "local" } },
    folder,
    ministack,
    gateway,
    kafka,
    async stop() {
      await gateway.stop();
      // A test may have put restarted servers in their place.
      await Promise.all([running.ministack.stop(), running.kafka?.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return running;
};

/** Calls the account as a client without an SDK would; the signature only names key, region and service. */
export const call = async (
  { endpoint, account, region }: Pick<TestAccount, "endpoint" | "account" | "region">,
  service: string,
  init: { readonly method?: string; readonly path?: string; readonly target?: string; readonly body?: string },
): Promise<{ status: number; text: string }> => {
  const form = init.target === undefined && init.path === undefined;
  const response = await fetch(`${endpoint}${init.path ?? "/"}`, {
    method: init.method ?? "POST",
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${account}/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`,
      "content-type": form ? "application/x-www-form-urlencoded" : "application/x-amz-json-1.1",
      ...(init.target ? { "x-amz-target": init.target } : {}),
    },
    ...(init.body === undefined ? {} : { body: init.body }),
  });
  return { status: response.status, text: await response.text() };
};

/** Deploys a function whose `index.js` is the given CommonJS text, and returns its ARN. */
export const deployFunction = async ({ client, account }: TestAccount, name: string, code: string): Promise<string> => {
  const lambda = new LambdaClient(client);
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Runtime: "nodejs22.x",
      Handler: "index.handler",
      Role: `arn:aws:iam::${account}:role/any`,
      Timeout: 60,
      Code: { ZipFile: zipSync({ "index.js": strToU8(code) }) },
    }),
  );
  const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName: name }));
  lambda.destroy();
  return Configuration?.FunctionArn ?? "";
};
