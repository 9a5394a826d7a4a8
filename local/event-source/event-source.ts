import { setTimeout as sleep } from "node:timers/promises";
import { LambdaClient, paginateListEventSourceMappings } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { Kafka, logLevel } from "kafkajs";
import type { EmulatedAccount } from "../aws-environment";
import { watch } from "../watch";
import type { Backoff } from "./backoff";
import { lagOf } from "./lag";
import { type Mapping, readMapping } from "./mapping";
import { type Source, startSource } from "./source";
import type { SourceEdges } from "./source-edges";

export interface EventSourcesProps extends EmulatedAccount {
  readonly kafkaBrokers: readonly string[];
  /** @default - nothing is said */
  readonly log?: (message: string) => void;
  /** @default - 200 milliseconds, doubled up to 30 seconds */
  readonly backoff?: Backoff;
  /** Milliseconds between looks at the deployed mappings. @default 1000 */
  readonly watchMilliseconds?: number;
}

export interface EventSources {
  /** Ends reading; a batch being worked on is left uncommitted and delivered again next time. */
  stop(): Promise<void>;
  /** Resolves when every enabled mapping has read its topic to the end. */
  idle(): Promise<void>;
}

interface Running {
  readonly topic: string;
  /** The mapping as it was when its source was started. */
  readonly settings: string;
  readonly source: Source;
}

/** Carries out the account's Kafka event source mappings, as deployed, and follows their changes. */
export const startEventSources = async (props: EventSourcesProps): Promise<EventSources> => {
  const { endpoint, account, region, kafkaBrokers, log = () => undefined, watchMilliseconds = 1000 } = props;
  const aws = { endpoint, region, credentials: { accessKeyId: account, secretAccessKey: "local" } };
  // Delivery has its own repetitions, and a function may take up to 14 minutes.
  const lambda = new LambdaClient({ ...aws, maxAttempts: 1, requestHandler: { requestTimeout: 900_000 } });
  const s3 = new S3Client({ ...aws, forcePathStyle: true });
  const kafka = new Kafka({
    brokers: [...kafkaBrokers],
    logLevel: logLevel.NOTHING,
    // A computer that does much else may be away for longer than kafkajs's own second.
    connectionTimeout: 10_000,
    retry: { retries: 3, maxRetryTime: 2000 },
  });
  const backoff = props.backoff ?? { baseMilliseconds: 200, capMilliseconds: 30_000 };
  const edges: SourceEdges = { kafka, brokers: kafkaBrokers, lambda, s3, backoff, log, now: () => new Date() };

  const running = new Map<string, Running>();
  const deployed = async (): Promise<readonly Mapping[]> => {
    const found: Mapping[] = [];
    for await (const page of paginateListEventSourceMappings({ client: lambda }, {})) {
      found.push(...(page.EventSourceMappings ?? []).flatMap((mapping) => readMapping(mapping) ?? []));
    }
    return found.filter(({ enabled }) => enabled);
  };
  const follow = async (): Promise<void> => {
    const mappings = new Map((await deployed()).map((mapping) => [mapping.id, mapping]));
    for (const [id, { topic, settings, source }] of running) {
      const mapping = mappings.get(id);
      if (mapping && JSON.stringify(mapping) === settings) continue;
      await source.stop();
      running.delete(id);
      if (mapping === undefined) log(`event source: ${topic} is read no more`);
    }
    for (const [id, mapping] of mappings) {
      if (running.has(id)) continue;
      log(`event source: ${mapping.topic} → ${mapping.functionArn}`);
      const { topic } = mapping;
      running.set(id, { topic, settings: JSON.stringify(mapping), source: startSource(mapping, edges) });
    }
  };

  /** @throws when the broker or the account does not answer, as while they start. */
  const isIdle = async (): Promise<boolean> => {
    const admin = kafka.admin();
    await admin.connect();
    try {
      const lags = await Promise.all((await deployed()).map((mapping) => lagOf(admin, mapping)));
      return lags.every((lag) => lag === 0);
    } finally {
      await admin.disconnect();
    }
  };

  const watching = watch(follow, watchMilliseconds, (error) => log(`event source: cannot read the mappings: ${error}`));

  return {
    async stop() {
      const all = () => Promise.all([...running.values()].map(({ source }) => source.stop()));
      // At once, and once more for what the last look has started meanwhile.
      await Promise.all([watching.stop(), all()]);
      await all();
      lambda.destroy();
      s3.destroy();
    },
    async idle() {
      while (!(await isIdle().catch(() => false))) await sleep(250, undefined, { signal: watching.signal });
    },
  };
};
