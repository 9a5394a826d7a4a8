import { temporaryFolders } from "../../fixtures/temporary-folder";
import { until } from "../../fixtures/until";
import { noise } from "../../functions/images";
import { crashKafka } from "../../support/crash-kafka";
import { httpRequest } from "../../support/http-request";
import { recordsOf } from "../../support/topic-records";
import { appProcesses } from "./app-process";
import { load } from "./load";
import { streamServices, variables } from "./stream-service";

const folder = temporaryFolders();
const services = streamServices();
const startApp = appProcesses();

let image: Buffer;

beforeAll(async () => {
  image = await noise(60, 40).jpeg().toBuffer();
});

const run = (topic: string, change: Readonly<Record<string, string>> = {}) => {
  const brokers = services.brokers().join(",");
  return startApp("stream", folder(), { ...variables, KAFKA_TOPIC: topic, KAFKA_BROKERS: brokers, ...change });
};

/** Acknowledged images that the topic does not have. */
async function lost(topic: string, acknowledged: readonly string[]): Promise<string[]> {
  const ids = new Set((await recordsOf(services.brokers(), topic)).map(({ id }) => id));
  return acknowledged.filter((id) => !ids.has(id));
}

it("loses no acknowledged image on SIGTERM in the middle of a load, answers what is under way, and ends by itself", async () => {
  const app = await run("sigterm");
  const sending = load(app.url, image, 16);
  await until("300 images are acknowledged", () => sending.acknowledged.length >= 300);
  const code = await app.terminate();
  const { acknowledged, answers } = sending;
  // Nobody answers any more: the connections that came after are refused.
  await expect(httpRequest(`${app.url}/health`)).rejects.toThrow("ECONNREFUSED");
  await sending.stop();
  expect(code).toBe(0);
  expect(app.output()).toContain('"msg":"ended"');
  expect(await lost("sigterm", acknowledged)).toEqual([]);
  expect(Object.keys(answers).filter((status) => !["202", "503", "none"].includes(status))).toEqual([]);
});

it("tells callers to wait while the broker is down for 10 s, loses no acknowledged image, and goes on by itself", async () => {
  // Callers that wait for a confirmation send nothing new, so they are told sooner than after 20 s.
  const app = await run("outage", { CONFIRM_SECONDS: "3", LAG_SECONDS: "2", DOWN_SECONDS: "5" });
  const sending = load(app.url, image, 8);
  await until("100 images are acknowledged", () => sending.acknowledged.length >= 100);
  const { broker } = services;
  if (broker.running === undefined) throw new Error("no broker");
  const props = { dataFolder: broker.dataFolder, log: () => undefined };
  const back = crashKafka(broker.running, props, 10);
  try {
    let told = "";
    await until("the app is not ready", async () => {
      const answer = await httpRequest(`${app.url}/ready`);
      if (answer.statusCode === 503) told = answer.json().detail;
      return told !== "";
    });
    expect(told).toBe("Kafka confirms nothing.");
    // The page and the load balancer's own check go on.
    expect((await httpRequest(`${app.url}/health`)).statusCode).toBe(200);
    expect((await httpRequest(app.url)).statusCode).toBe(200);
  } finally {
    broker.running = await back;
  }
  const before = sending.acknowledged.length;
  await until("images are acknowledged again", () => sending.acknowledged.length > before + 100);
  expect((await httpRequest(`${app.url}/ready`)).statusCode).toBe(200);
  await sending.stop();
  expect(await app.terminate()).toBe(0);
  // Told to wait with 429 while Kafka is slow, with 503 while it is down, and never left without an answer.
  expect(Object.keys(sending.answers).filter((status) => status !== "429")).toEqual(["202", "503"]);
  expect(await lost("outage", sending.acknowledged)).toEqual([]);
});
