import { LambdaClient } from "@aws-sdk/client-lambda";
import type { Environment } from "../../../environments/schema";
import { invoke } from "../../../local/event-source/invoke";
import { type Child, startChild } from "../machine/child";
import type { HostUsage } from "./host-usage";
import { buckets } from "./services";

/** What every function's process of a bench is started from. */
export interface FunctionProps {
  /** The program of Node. */
  readonly node: string;
  /** Compiled function-host.ts. */
  readonly hostProgram: string;
  /** Folder with the unpacked bundle. */
  readonly bundleFolder: string;
  readonly environment: Environment;
  /** Where Kafka and S3 are, for the function's SDK. */
  readonly variables: Readonly<Record<string, string>>;
  readonly cores: string | undefined;
  /** @default - the environment's */
  readonly memoryMegabytes?: number;
}

/** A function as deployed, in a process of its own. */
export interface FunctionProcess {
  readonly pid: number;
  /** Answers Invoke for this function. */
  readonly lambda: LambdaClient;
  /** @throws Error when the function fails. */
  call(event: unknown): Promise<string>;
  /** What was used since it was asked last. */
  usage(): Promise<HostUsage>;
  stop(): Promise<void>;
}

/** The variables that the compute stack gives a function. */
export const functionVariables = (
  { processing }: Environment,
  memoryMegabytes = processing.memoryMegabytes,
): Readonly<Record<string, string>> => ({
  ENVIRONMENT: "bench",
  UPLOADS_BUCKET: buckets.uploads,
  PROCESSED_BUCKET: buckets.processed,
  QUARANTINE_BUCKET: buckets.quarantine,
  PROCESSING: JSON.stringify({ limits: processing.limits, renditions: processing.renditions }),
  PROCESSING_VERSION: "0".repeat(12),
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMegabytes),
  AWS_LAMBDA_FUNCTION_NAME: "bench",
  // Lambda's arm64 Node says the same; it would only be printed.
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
});

export async function startFunction(name: "stream" | "batch", props: FunctionProps): Promise<FunctionProcess> {
  const { node, hostProgram, bundleFolder, environment, variables, cores, memoryMegabytes } = props;
  const child: Child = startChild({
    name: `The ${name} function`,
    command: node,
    args: [hostProgram, `${bundleFolder}/${name}.js`, String(environment.processing.timeoutSeconds)],
    env: { ...variables, ...functionVariables(environment, memoryMegabytes) },
    cores,
  });
  const { port } = await child.ask<{ readonly port: number }>({ kind: "address" });
  const lambda = new LambdaClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: environment.region,
    credentials: { accessKeyId: "bench", secretAccessKey: "bench" },
    maxAttempts: 1,
    requestHandler: { requestTimeout: 900_000 },
  });
  return {
    pid: child.pid,
    lambda,
    async call(event) {
      const invocation = await invoke(lambda, "bench", JSON.stringify(event));
      if (invocation.kind === "answered") return invocation.answer;
      throw new Error(`The ${name} function failed: ${JSON.stringify(invocation)}`);
    },
    usage: () => child.ask<HostUsage>({ kind: "usage" }),
    async stop() {
      lambda.destroy();
      await child.stop();
    },
  };
}
