import { setTimeout as sleep } from "node:timers/promises";
import multipart from "@fastify/multipart";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { ImageFaults, ImageNotSent, type ImageProducer, type Sent } from "../../functions/producer";
import { Problem } from "../common/problem";
import { discardRest } from "./discard";
import { type ImageId, imageIdOf, newImageId } from "./image-id";
import { announcedBytes, formBytes, incomingImage } from "./incoming-image";
import type { Admitted, Intake, Way } from "./intake";
import { imagesSchema } from "./openapi";
import { readImage } from "./read-image";
import type { StreamSettings } from "./settings";

export interface ImagesRouteProps {
  readonly settings: Pick<StreamSettings, "INLINE_MAX_BYTES" | "MAX_IMAGE_BYTES" | "CONFIRM_SECONDS">;
  readonly intake: Intake;
  /** @throws Problem 503 while the cluster was not reached yet */
  readonly producer: () => Pick<ImageProducer, "send">;
}

/** An image that Kafka has. */
interface Accepted extends Pick<Sent, "id" | "kind"> {
  readonly name: string;
  readonly sizeBytes: number;
  readonly mediaType: string;
}

/** How long a caller that is still sending is listened to after its image was refused. */
const discardSeconds = 10;

/** `POST /images`: an image, as the body or in a form. Answered when Kafka has it for good. */
export function addImagesRoute(app: FastifyInstance, props: ImagesRouteProps): void {
  const { MAX_IMAGE_BYTES: mostBytes } = props.settings;
  // Bodies are read by the handler, as they arrive.
  app.removeAllContentTypeParsers();
  app.register(multipart);
  app.addContentTypeParser("*", (_request, _payload, done) => done(null));
  app.post("/images", { schema: imagesSchema }, async (request, reply) => {
    try {
      return reply.code(202).send(await accept(request, props));
    } catch (error) {
      await discardRest(request.raw, mostBytes + formBytes, discardSeconds);
      if (!request.raw.readableEnded) reply.header("connection", "close");
      throw error;
    }
  });
}

async function accept(request: FastifyRequest, props: ImagesRouteProps): Promise<Accepted> {
  const { INLINE_MAX_BYTES: inlineMaxBytes, MAX_IMAGE_BYTES: mostBytes } = props.settings;
  const wayOf = (bytes: number): Way => (bytes <= inlineMaxBytes ? "inline" : "claim");
  const sent = request.headers["image-id"];
  const imageId = typeof sent === "string" ? imageIdOf(sent) : newImageId();
  const announced = announcedBytes(request, mostBytes);
  const producer = props.producer();
  const admitted = props.intake.admit(announced, wayOf(announced));
  let way: Promise<Accepted> | undefined;
  try {
    const incoming = await incomingImage(request, mostBytes);
    const { bytes, type } = await readImage(incoming.stream, mostBytes);
    await incoming.rest();
    const name = incoming.name ?? `image.${type.format}`;
    admitted.sending(bytes.length, wayOf(bytes.length));
    way = producer
      .send({ ...imageId, name, bytes })
      .then(({ kind }) => ({ id: imageId.id, name, kind, sizeBytes: bytes.length, mediaType: type.mediaType }));
    settle(way, admitted);
  } catch (error) {
    if (way === undefined) admitted.done("refused");
    throw error;
  }
  return confirmed(way, imageId, props.settings.CONFIRM_SECONDS);
}

/** The image counts as under way until Kafka has it or not, however long its caller waits. */
function settle(way: Promise<Accepted>, admitted: Admitted): void {
  way.then(
    () => admitted.done("confirmed"),
    (error: unknown) => admitted.done(error instanceof ImageFaults ? "refused" : "failed"),
  );
}

/** @throws Problem 400 when the image can never be sent, 503 when it was not confirmed */
async function confirmed(way: Promise<Accepted>, { id }: ImageId, seconds: number): Promise<Accepted> {
  const ending = new AbortController();
  const late = sleep(seconds * 1000, undefined, { signal: ending.signal }).then(
    () => Promise.reject(unconfirmed(id, `Kafka did not confirm it within ${seconds} s.`)),
    () => new Promise<never>(() => undefined),
  );
  try {
    return await Promise.race([way, late]);
  } catch (error) {
    if (error instanceof ImageFaults) {
      const title = "The image cannot be sent";
      throw new Problem({ status: 400, code: "bad-image", title, detail: error.message }, { cause: error });
    }
    if (error instanceof ImageNotSent) throw unconfirmed(id, "Kafka or S3 did not take it.", error);
    throw error;
  } finally {
    ending.abort();
  }
}

const unconfirmed = (id: string, why: string, cause?: unknown): Problem =>
  new Problem(
    {
      status: 503,
      code: "not-confirmed",
      title: "The image was not confirmed",
      detail: `${why} It may have arrived or not. Send it again with the header Image-Id: ${id}, so that it is processed once.`,
      retryAfterSeconds: 5,
      more: { id },
    },
    { cause },
  );
