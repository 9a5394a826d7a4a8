import { createHash } from "node:crypto";
import { prefixes } from "./layout";

/**
 * Where one image's objects lie. Everything follows from the image's identity, so that an image delivered again meets
 * the objects of its first delivery.
 */
export interface ImagePlace {
  /** Letters, digits, `_` and `-`, at most 64. */
  readonly imageId: string;
  /** Day of arrival: dayOf(). */
  readonly day: string;
}

/** `2026-01-31`: the day in UTC. */
export const dayOf = (instant: Date): string => instant.toISOString().slice(0, 10);

/** Lists and events quote an ETag, some services do not. */
export const bareEtag = (etag: string): string => etag.replaceAll('"', "");

/** Identity of an uploaded object; its content's tag is part of it, so a new upload under the same key is a new image. */
export function imageIdOfUpload(bucket: string, key: string, etag: string): string {
  return shortHash(`${bucket}/${key}@${bareEtag(etag)}`);
}

/** Identity of a Kafka record that names no image. */
export function imageIdOfRecord(topic: string, partition: number, offset: number): string {
  return shortHash(`${topic}-${partition}@${offset}`);
}

const shortHash = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 32);

/** Processed bucket. */
export const renditionKey = ({ imageId, day }: ImagePlace, version: string, file: string): string =>
  `${prefixes.images}dt=${day}/${imageId}/${version}/${file}`;

/** Processed bucket. The object exists exactly when the image is processed by that version. */
export const featuresKey = ({ imageId, day }: ImagePlace, version: string): string =>
  `${prefixes.features}dt=${day}/${imageId}-${version}.json`;

/** Uploads bucket. */
export const originalKey = ({ imageId, day }: ImagePlace): string => `${prefixes.originals}dt=${day}/${imageId}`;

/** Quarantine bucket. */
export const refusedOriginalKey = ({ imageId, day }: ImagePlace): string =>
  `${prefixes.refused}dt=${day}/${imageId}/original`;

/** Quarantine bucket. The object exists exactly when the image is refused. */
export const refusedReasonKey = ({ imageId, day }: ImagePlace): string =>
  `${prefixes.refused}dt=${day}/${imageId}/reason.json`;
