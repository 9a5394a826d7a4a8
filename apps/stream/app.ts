import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import type { ObjectStore } from "../../functions/common/store";
import { addHealth } from "../common/health";
import { imageTypes } from "../common/image-types";
import { addPage } from "../common/page";
import { createServer, type ServerProps } from "../common/server";
import { findBrokers } from "./brokers";
import { addImagesRoute } from "./images-route";
import { Intake } from "./intake";
import { Link } from "./link";
import { describeRoutes } from "./openapi";
import type { StreamSettings } from "./settings";

export interface StreamAppProps extends Pick<ServerProps, "log" | "fetchKey"> {
  readonly settings: StreamSettings;
  /** Where images too large for a record are put. */
  readonly store: Pick<ObjectStore, "putIfAbsent">;
}

/** Web app 1: takes images and sends them into the stream. It reaches for Kafka when it is made, and lets go on close. */
export async function streamApp({ settings, store, ...server }: StreamAppProps): Promise<FastifyInstance> {
  const app = await createServer({ settings, headers: { camera: true }, ...server });
  const intake = new Intake({
    mostBytes: settings.MAX_PENDING_BYTES,
    lagSeconds: settings.LAG_SECONDS,
    downSeconds: settings.DOWN_SECONDS,
  });
  const link = new Link({
    brokers: () => findBrokers(settings),
    producer: {
      topic: settings.KAFKA_TOPIC,
      auth: settings.KAFKA_AUTH,
      region: settings.AWS_REGION,
      inlineMaxBytes: settings.INLINE_MAX_BYTES,
      claims: { store, bucket: settings.UPLOADS_BUCKET },
      clientId: "darkroom-stream-app",
    },
    partitions: settings.KAFKA_PARTITIONS,
    log: app.log,
  });
  // After the requests under way are answered: what the producer still holds goes out, then the connection ends.
  app.addHook("onClose", () => link.close());
  await describeRoutes(app);
  addHealth(app, () => (link.isOpen ? intake.trouble : "Kafka was not reached yet."));
  await addPage(app, join(__dirname, "page"));
  await app.register((images, _options, done) => {
    addImagesRoute(images, { settings, intake, producer: () => link.producer() });
    done();
  });
  addLimits(app, settings);
  link.open();
  return app;
}

/** `/limits`: what the page tells people before they send anything. */
function addLimits(app: FastifyInstance, { MAX_IMAGE_BYTES }: StreamSettings): void {
  const limits = { mostBytes: MAX_IMAGE_BYTES, accepted: imageTypes.map(({ mediaType }) => mediaType) };
  const response = {
    type: "object",
    required: ["mostBytes", "accepted"],
    properties: { mostBytes: { type: "integer" }, accepted: { type: "array", items: { type: "string" } } },
  };
  const summary = "Largest image in bytes, and accepted media types";
  app.get("/limits", { schema: { summary, tags: ["images"], response: { 200: response } } }, async () => limits);
}
