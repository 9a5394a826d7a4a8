import { Kafka } from "kafkajs";
import { dayOf } from "../common/keys";
import { prefixes } from "../common/layout";
import { encodeMessage, type ImageMessage, sha256Of } from "../common/message";
import { checkImage, type ImageToSend } from "./image-to-send";
import { kafkaConfig, retryOptions } from "./kafka-config";
import { largestMessageBytes } from "./largest-message";
import { checkProps, type ProducerProps } from "./props";
import { RecordQueue } from "./record-queue";
import { recordSender } from "./record-sender";

/** Room in a batch for what Kafka writes before its records, and to spare. */
const BATCH_OVERHEAD = 1024;

/** How an image went. */
export interface Sent {
  readonly id: string;
  readonly kind: "inline" | "claim";
  /** Of the object in the uploads bucket; undefined when the image travelled in the record. */
  readonly claimKey?: string;
}

/** Sends images into the stream. */
export interface ImageProducer {
  /** Finds the cluster. @throws when it cannot be reached or refuses the credentials. */
  connect(): Promise<void>;
  /**
   * Resolves when Kafka has the image for good. May be called for many images at once; they are held in memory meanwhile.
   * @throws ImageFaults when the image can never be sent.
   * @throws ImageNotSent when S3 or Kafka failed for about a minute; it may be sent again.
   */
  send(image: ImageToSend): Promise<Sent>;
  /** Waits for what is being sent, and ends the connection. */
  disconnect(): Promise<void>;
}

/** S3 or Kafka failed. Whether Kafka has the image is not known; sent again with the same id and `sentAt` it is processed once. */
export class ImageNotSent extends Error {
  override readonly name = "ImageNotSent";

  constructor(
    readonly imageId: string,
    where: string,
    cause: unknown,
  ) {
    const said = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    super(`Image ${imageId} was not confirmed by ${where} (${said}). Send it again with the same id and sentAt.`, {
      cause,
    });
  }
}

/**
 * A producer for the stream of images: small ones travel in their record, a larger one is put into the uploads bucket first
 * and the record names it, since a Lambda call carries 6 MB for a whole batch of records.
 * @throws ProducerFaults naming every fault of the settings.
 */
export function createProducer(props: ProducerProps): ImageProducer {
  checkProps(props);
  const { topic, inlineMaxBytes, claims } = props;
  const sender = recordSender(new Kafka(kafkaConfig(props)), topic, retryOptions(props.retries));
  const queue = new RecordQueue(sender.send, largestMessageBytes(inlineMaxBytes) - BATCH_OVERHEAD);

  /** The object is there before a record names it. Its key holds the hash, so that one already there is this very one. */
  const claim = async ({ id, name, bytes, sentAt }: ImageToSend, sha256: string): Promise<ImageMessage> => {
    const key = `${prefixes.claims}dt=${dayOf(sentAt)}/${id}-${sha256.slice(0, 16)}`;
    const object = { bucket: claims.bucket, key };
    await claims.store
      .putIfAbsent(object, { bytes, contentType: "application/octet-stream" })
      .catch((error: unknown) => Promise.reject(new ImageNotSent(id, `the bucket ${claims.bucket}`, error)));
    return { kind: "claim", id, name, sentAt, claim: { ...object, sizeBytes: bytes.length, sha256 } };
  };

  return {
    connect: () => sender.connect(),
    async send(image) {
      checkImage(image);
      const { id, bytes } = image;
      const sha256 = sha256Of(bytes);
      const message: ImageMessage =
        bytes.length <= inlineMaxBytes ? { kind: "inline", ...image, sha256 } : await claim(image, sha256);
      const encoded = encodeMessage(message);
      await queue
        .add({ ...encoded, headers: { ...encoded.headers } })
        .catch((error: unknown) => Promise.reject(new ImageNotSent(id, `the topic ${topic}`, error)));
      return message.kind === "inline" ? { id, kind: "inline" } : { id, kind: "claim", claimKey: message.claim.key };
    },
    async disconnect() {
      await queue.empty();
      await sender.disconnect();
    },
  };
}
