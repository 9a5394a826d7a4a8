import { join } from "node:path";
import type { Environment } from "../../../environments/schema";
import { UserError } from "../../../gitops/user-error";
import { resourceName } from "../../../modules/names";
import type { EmulatedAccount } from "../../aws-environment";
import { startKafka } from "../../processes/kafka";
import { type Ministack, startMinistack } from "../../processes/ministack";
import type { ServerProcess } from "../../processes/server-process";
import { startWebApp, type WebApp } from "../../web-apps/web-app";
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
  noteServer(places.servers, "Apache Kafka", kafka.pid);
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
  noteServer(places.servers, "MiniStack", ministack.pid);
  await keep("MiniStack", ministack, props);
  log(ministack.endpoint);
  return ministack;
}

/** The web apps in the order of their numbers. */
const webApps = ["stream", "upload"] as const;

/** Addresses of the web apps. */
export type WebAppUrls = Readonly<Record<(typeof webApps)[number], string>>;

/** Starts the web apps as they are deployed. @param say - keeps what is done with them later on */
export async function runWebApps(
  environment: Environment,
  account: EmulatedAccount,
  props: ServersProps,
  say: Note,
): Promise<WebAppUrls> {
  const start = async (part: keyof WebAppUrls): Promise<WebApp> => {
    const title = `Web app ${webApps.indexOf(part) + 1}`;
    const name = resourceName(environment, `web-${part}`);
    const onProcess = (pid: number) => noteServer(places.servers, title, pid);
    const app = await startWebApp({ title, name, folder: join(places.apps, part), account, log: say, onProcess });
    await keep(title, app, props);
    return app;
  };
  const [stream, upload] = await Promise.all([start("stream"), start("upload")]);
  return { stream: stream.url, upload: upload.url };
}

/** Sees to it that the server ends with the run, and the run with the server. */
async function keep(
  name: string,
  server: Pick<ServerProcess, "ended" | "stop">,
  { closing, abort }: ServersProps,
): Promise<void> {
  let wanted = false;
  void server.ended.then(() => {
    if (!wanted) abort.abort(new UserError(`${name} ended while it was needed. Its log lies in ${places.local}.`));
  });
  await closing.add(name, async () => {
    wanted = true;
    await server.stop();
  });
}
