import type { Environment } from "../../../environments/schema";
import { UserError } from "../../../gitops/user-error";
import { startKafka } from "../../processes/kafka";
import { type Ministack, startMinistack } from "../../processes/ministack";
import type { ServerProcess } from "../../processes/server-process";
import { kafkaClient } from "../kafka-client";
import { ensureTopic } from "../topic";
import type { Closing } from "./closing";
import { noteServer } from "./earlier-servers";
import { places } from "./places";
import type { Note } from "./steps";

/** What the servers of a run live in. */
export interface ServersProps {
  readonly closing: Closing;
  readonly abort: AbortController;
}

/** Starts the broker and sees to the topic. */
export async function runKafka({ streaming }: Environment, props: ServersProps, log: Note): Promise<readonly string[]> {
  const kafka = await startKafka({ dataFolder: places.kafka, log });
  await keep("Apache Kafka", kafka, props);
  const admin = kafkaClient(kafka.brokers).admin();
  await admin.connect();
  await ensureTopic(admin, streaming).finally(() => admin.disconnect());
  log(kafka.brokers.join(", "));
  return kafka.brokers;
}

/** Starts the emulated account. */
export async function runMinistack(props: ServersProps, log: Note): Promise<Ministack> {
  const ministack = await startMinistack({ stateFolder: places.ministack, log });
  await keep("MiniStack", ministack, props);
  log(ministack.endpoint);
  return ministack;
}

/** Sees to it that the server ends with the run, and the run with the server. */
async function keep(name: string, server: ServerProcess, { closing, abort }: ServersProps): Promise<void> {
  noteServer(places.servers, name, server.pid);
  let wanted = false;
  const watched = server.ended.then(() => {
    if (!wanted) abort.abort(new UserError(`${name} ended while it was needed. Its log lies in ${places.local}.`));
  });
  await closing.add(name, async () => {
    wanted = true;
    await server.stop();
    await watched;
  });
}
