import type { RefusalReason } from "../contract/refusal";
import { refusedOriginalKey, refusedReasonKey } from "./keys";
import type { SourceImage } from "./source-image";
import type { ObjectStore } from "./store";

/** Reasons that come from the way of the image; those of its content are the engineers' (processing/refusal.ts). */
export type TransportReason = "bad-message" | "claim-missing" | "checksum-mismatch";

export type QuarantineReason = RefusalReason | TransportReason;

/** What travelled is not what was announced, and never will be. */
export class TransportRefused extends Error {
  override readonly name = "TransportRefused";

  constructor(
    readonly reason: TransportReason,
    message: string,
  ) {
    super(message);
  }
}

/** `reason.json` beside a refused original. Instants are ISO 8601 in UTC. */
export interface RefusalRecord {
  readonly imageId: string;
  readonly source: "stream" | "upload";
  readonly name: string;
  readonly reason: QuarantineReason;
  readonly message: string;
  readonly receivedAt: string;
  readonly quarantinedAt: string;
  readonly sizeBytes: number;
  /** Of a record that keeps to no contract: where it was, and its headers, which the kept original lacks. */
  readonly record?: RecordOrigin;
}

/** A Kafka record without its value. */
export interface RecordOrigin {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** At most 32, of at most 4096 characters each. */
  readonly headers: Readonly<Record<string, string>>;
}

export type QuarantinedImage = Pick<
  SourceImage,
  "imageId" | "day" | "source" | "name" | "receivedAt" | "sizeBytes" | "quarantineOriginal"
> & { readonly record?: RecordOrigin };

interface Quarantine {
  readonly store: ObjectStore;
  readonly environment: { readonly quarantineBucket: string };
  now(): Date;
}

/**
 * Keeps a refused image with its reason. The reason is written last: it exists exactly when the image is refused, and an image that comes
 * again is left as it lies, since writing it anew would start its days of retention anew.
 */
export async function quarantine(
  image: QuarantinedImage,
  { reason, message }: { readonly reason: QuarantineReason; readonly message: string },
  { store, environment, now }: Quarantine,
): Promise<void> {
  const bucket = environment.quarantineBucket;
  const reasonObject = { bucket, key: refusedReasonKey(image) };
  if (await store.exists(reasonObject)) return;
  await image.quarantineOriginal({ bucket, key: refusedOriginalKey(image) });
  const { imageId, source, name, receivedAt, sizeBytes, record } = image;
  const refusal: RefusalRecord = {
    imageId,
    source,
    name,
    reason,
    message,
    receivedAt: receivedAt.toISOString(),
    quarantinedAt: now().toISOString(),
    sizeBytes,
    ...(record && { record }),
  };
  const bytes = Buffer.from(`${JSON.stringify(refusal)}\n`);
  await store.putIfAbsent(reasonObject, { bytes, contentType: "application/json" });
}
