import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadEnvironment } from "../../../environments/load";
import { bundle } from "../../../functions/bundle/bundle";
import type { Bundle } from "../../../functions/bundle/read-bundle";
import { clientSettings } from "../../../local/demo/client-settings";
import { type EventSources, startEventSources } from "../../../local/event-source/event-source";
import { type Gateway, startGateway } from "../../../local/gateway/gateway";
import { type KafkaBroker, type KafkaProps, startKafka } from "../../../local/processes/kafka";
import { type Ministack, startMinistack } from "../../../local/processes/ministack";
import { crashKafka } from "../crash-kafka";
import { type S3Proxy, startS3Proxy } from "./s3-proxy";

const log = (): void => undefined;

/** The system as it runs on one computer: real Kafka, the emulated account, the runner of event source mappings. */
export class ChaosAccount {
  /** The settings whose promises the tests hold the system to. */
  readonly environment = loadEnvironment("local");
  /** What the event source runner said. */
  readonly logged: string[] = [];
  readonly #folder = mkdtempSync(join(tmpdir(), "darkroom-chaos-"));
  #stops: (() => unknown)[] = [];
  #kafka: KafkaBroker | undefined;
  #ministack: Ministack | undefined;
  #gateway: Gateway | undefined;
  #sources: EventSources | undefined;
  #bundle: Bundle | undefined;

  async start(): Promise<void> {
    await Promise.all([this.#startKafka(), this.#startAccount(), this.#readBundle()]);
    const { account, region } = this.environment;
    this.#gateway = await startGateway({
      upstream: this.ministack.endpoint,
      stateFile: join(this.#folder, "gateway.json"),
      kafkaBrokers: this.brokers,
    });
    this.#stops.push(() => this.#gateway?.stop());
    const { endpoint } = this.#gateway;
    const say = (message: string) => void this.logged.push(message);
    const edges = { endpoint, account, region, kafkaBrokers: this.brokers, watchMilliseconds: 200, log: say };
    this.#sources = await startEventSources(edges);
    this.#stops.push(() => this.#sources?.stop());
  }

  /** Ends everything, whatever of it had started. */
  async stop(): Promise<void> {
    for (let stop = this.#stops.pop(); stop !== undefined; stop = this.#stops.pop()) await stop();
    await Promise.all([this.#kafka?.stop(), this.#ministack?.stop()]);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get brokers(): readonly string[] {
    return started(this.#kafka).brokers;
  }
  get ministack(): Ministack {
    return started(this.#ministack);
  }
  get sources(): EventSources {
    return started(this.#sources);
  }
  get bundle(): Bundle {
    return started(this.#bundle);
  }
  /** Settings of AWS clients. */
  get client() {
    return clientSettings(started(this.#gateway).endpoint, this.environment.account, this.environment.region);
  }

  /** Starts a proxy between a function and S3, which ends with the account. */
  async startS3Proxy(): Promise<S3Proxy> {
    const proxy = await startS3Proxy(this.ministack.endpoint);
    this.#stops.push(() => proxy.stop());
    return proxy;
  }

  /** Ends the broker as a crash would, and starts it again on what it kept, at the same address. */
  async crashKafka(): Promise<void> {
    this.#kafka = await crashKafka(started(this.#kafka), this.#kafkaProps());
  }

  async #startKafka(): Promise<void> {
    this.#kafka = await startKafka(this.#kafkaProps());
  }

  #kafkaProps(): KafkaProps {
    return { dataFolder: join(this.#folder, "kafka"), log };
  }

  async #startAccount(): Promise<void> {
    // Nothing here outlives the account, so that its state need not be written again and again.
    const saveIntervalSeconds = 3600;
    this.#ministack = await startMinistack({ stateFolder: join(this.#folder, "account"), saveIntervalSeconds, log });
  }

  async #readBundle(): Promise<void> {
    this.#bundle = await bundle({ folder: "processing", architecture: "host" }, log);
  }
}

function started<T>(part: T | undefined): T {
  if (part === undefined) throw new Error("The account of the chaos tests has not started.");
  return part;
}
