import type { MSKRecord } from "aws-lambda";
import { dayOf, imageIdOfRecord, originalKey } from "../common/keys";
import { prefixes } from "../common/layout";
import {
  BadMessage,
  bytesOf,
  type ClaimMessage,
  decodeMessage,
  headersOf,
  type InlineMessage,
} from "../common/message";
import type { ProcessingDependencies } from "../common/process-image";
import type { QuarantinedImage } from "../common/quarantine";
import type { SourceImage } from "../common/source-image";

const octets = "application/octet-stream";

type Edge = Pick<ProcessingDependencies, "store" | "environment">;
type Base = Pick<
  SourceImage,
  "imageId" | "day" | "source" | "name" | "receivedAt" | "sha256" | "comesAgain" | "finish"
>;

/**
 * The image a record carries or names.
 * @throws BadMessage
 */
export function sourceOf(record: MSKRecord, edge: Edge): SourceImage {
  const message = decodeMessage(record);
  const base: Base = {
    imageId: message.id,
    day: dayOf(message.sentAt),
    source: "stream",
    name: message.name,
    receivedAt: message.sentAt,
    sha256: message.sha256,
    // Lambda hands a whole batch over again when one record of it has failed.
    comesAgain: true,
    finish: async () => {},
  };
  return message.kind === "inline" ? inlineSource(message, base, edge) : claimSource(message, record, base, edge);
}

/** Images inside a record are written to the uploads bucket, so that every original is found there. */
function inlineSource({ bytes }: InlineMessage, base: Base, { store, environment }: Edge): SourceImage {
  const content = { bytes, contentType: octets };
  const original = { bucket: environment.uploadsBucket, key: originalKey(base) };
  return {
    ...base,
    sizeBytes: bytes.length,
    read: async (maxBytes) =>
      bytes.length > maxBytes ? { state: "too-large", sizeBytes: bytes.length } : { state: "found", bytes },
    keepOriginal: async () => {
      await store.putIfAbsent(original, content);
      return original;
    },
    quarantineOriginal: async (target) => {
      await store.putIfAbsent(target, content);
    },
  };
}

/** A claimed image stays where its producer put it. */
function claimSource(
  { claim }: ClaimMessage,
  record: MSKRecord,
  base: Base,
  { store, environment }: Edge,
): SourceImage {
  // Whoever may write to the topic must not make the function read anything else.
  if (claim.bucket !== environment.uploadsBucket || !claim.key.startsWith(prefixes.claims)) {
    throw new BadMessage(
      `claim: expected an object below ${prefixes.claims} of the bucket ${environment.uploadsBucket}`,
    );
  }
  const { bucket, key, versionId, sizeBytes } = claim;
  const object = { bucket, key, versionId };
  return {
    ...base,
    sizeBytes,
    read: (maxBytes) => store.get(object, maxBytes),
    keepOriginal: async () => object,
    quarantineOriginal: async (target) => {
      if (await store.copy(object, target)) return;
      await store.putIfAbsent(target, { bytes: bytesOf(record), contentType: "application/json" });
    },
  };
}

/** A record that cannot be read: kept as it came, under its own id where it has a proper one. */
export function unreadable(record: MSKRecord, { store }: Edge): QuarantinedImage {
  const { topic, partition, offset, timestamp } = record;
  const found = headersOf(record);
  const { "darkroom-id": id = "", "darkroom-name": name = "" } = found;
  const headers = Object.fromEntries(
    Object.entries(found)
      .slice(0, 32)
      .map(([header, text]) => [header.slice(0, 4096), text.slice(0, 4096)]),
  );
  const bytes = bytesOf(record);
  const receivedAt = new Date(timestamp);
  return {
    imageId: /^[A-Za-z0-9_-]{1,64}$/.test(id) ? id : imageIdOfRecord(topic, partition, offset),
    day: dayOf(receivedAt),
    source: "stream",
    name: name.slice(0, 1024),
    receivedAt,
    sizeBytes: bytes.length,
    record: { topic, partition, offset, headers },
    quarantineOriginal: async (target) => {
      await store.putIfAbsent(target, { bytes, contentType: octets });
    },
  };
}
