import { randomUUID } from "node:crypto";
import fastify from "fastify";
import { Kafka, logLevel } from "kafkajs";
import { encodeMessage } from "../../functions/common/message";

/**
 * What somebody would write who wants images in Kafka and nothing else: Fastify reads the body, kafkajs sends one record for
 * each request, idempotent and confirmed by all in-sync replicas. No checks, no limits, no headers, no page.
 */
async function main(): Promise<void> {
  const { PORT, KAFKA_BROKERS = "", KAFKA_TOPIC = "" } = process.env;
  const kafka = new Kafka({ brokers: KAFKA_BROKERS.split(","), logLevel: logLevel.NOTHING });
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false });
  await producer.connect();
  const app = fastify({ bodyLimit: 26_214_400 });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  app.get("/ready", async () => ({ status: "ok" }));
  app.post("/images", async (request, reply) => {
    const id = randomUUID();
    const message = {
      kind: "inline",
      id,
      name: "image.jpg",
      sentAt: new Date(),
      bytes: request.body as Buffer,
    } as const;
    const { headers, ...record } = encodeMessage(message);
    await producer.send({ topic: KAFKA_TOPIC, acks: -1, messages: [{ ...record, headers: { ...headers } }] });
    return reply.code(202).send({ id });
  });
  await app.listen({ port: Number(PORT), host: "127.0.0.1" });
  process.once("SIGTERM", () => {
    app
      .close()
      .then(() => producer.disconnect())
      .catch(console.error);
  });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
