import { createHash } from "node:crypto";
import type { MSKRecord } from "aws-lambda";
import * as z from "zod";

/** Version of what travels in a Kafka record; a reader refuses any other. */
export const MESSAGE_VERSION = "1";

const text = (pattern: RegExp, expected: string) => z.string({ error: expected }).regex(pattern, { error: expected });

const sha256 = text(/^[0-9a-f]{64}$/, "64 hex digits in lower case");
const sizeBytes = z.int({ error: "a whole number of bytes" }).min(0, { error: "a whole number of bytes" });
const id = text(/^[A-Za-z0-9_-]{1,64}$/, "1 to 64 letters, digits, '_' or '-'");
const isoInstant = z.iso.datetime({ offset: true, error: "an instant, for example 2026-01-31T12:00:00.000Z" });

const headersSchema = z.object({
  "darkroom-version": z.literal(MESSAGE_VERSION, { error: MESSAGE_VERSION }),
  "darkroom-kind": z.enum(["inline", "claim"], { error: "inline or claim" }),
  "darkroom-id": id,
  "darkroom-name": text(/^(%[0-9A-Fa-f]{2}|[^%]){1,3072}$/, "a percent-encoded file name of at most 1024 bytes"),
  "darkroom-sent-at": isoInstant,
  "darkroom-sha256": sha256,
});

const claimSchema = z.object(
  {
    bucket: z.string({ error: "the name of a bucket" }).min(1, { error: "the name of a bucket" }),
    key: z.string({ error: "an object's key" }).min(1, { error: "an object's key" }),
    versionId: z.string({ error: "an object's version" }).optional(),
    sizeBytes,
    sha256,
  },
  { error: "a JSON object {bucket, key, versionId?, sizeBytes, sha256}" },
);

/** Names an image that was too large for a record: an object below `claims/` of the uploads bucket. */
export type Claim = z.infer<typeof claimSchema>;

interface MessageBase {
  /** Identity of the image, chosen by its producer: 1 to 64 letters, digits, `_` or `-`. The same id is the same image. */
  readonly id: string;
  /** File name, for people. */
  readonly name: string;
  readonly sentAt: Date;
}

export interface InlineMessage extends MessageBase {
  readonly kind: "inline";
  readonly bytes: Uint8Array;
  /** Of the bytes, in hex; computed when left out. */
  readonly sha256?: string;
}

export interface ClaimMessage extends MessageBase {
  readonly kind: "claim";
  readonly claim: Claim;
}

export type ImageMessage = InlineMessage | ClaimMessage;

/** A record as a Kafka client sends it. */
export interface EncodedMessage {
  readonly key: string;
  readonly value: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** The record does not keep to the contract; it never will, so it goes to quarantine. */
export class BadMessage extends Error {
  override readonly name = "BadMessage";
}

/** Hex SHA-256, as messages carry it. */
export const sha256Of = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/**
 * What a producer sends for one image.
 * @throws BadMessage when a reader would refuse it; the message names all faults.
 */
export function encodeMessage(message: ImageMessage): EncodedMessage {
  const inline = message.kind === "inline";
  const claim = inline ? undefined : check("claim", claimSchema, message.claim);
  const headers = check("header", headersSchema, {
    "darkroom-version": MESSAGE_VERSION,
    "darkroom-kind": message.kind,
    "darkroom-id": message.id,
    "darkroom-name": encodeURIComponent(Buffer.from(message.name).toString()),
    "darkroom-sent-at": message.sentAt.toISOString(),
    "darkroom-sha256": inline ? (message.sha256 ?? sha256Of(message.bytes)) : message.claim.sha256,
  });
  const value = inline ? Buffer.from(message.bytes) : Buffer.from(JSON.stringify(claim));
  return { key: message.id, value, headers };
}

/**
 * Reads what encodeMessage wrote out of a record of a Lambda event.
 * @throws BadMessage naming all faults.
 */
export function decodeMessage(
  record: Pick<MSKRecord, "value" | "headers">,
): ImageMessage & { readonly sha256: string } {
  const headers = check("header", headersSchema, headersOf(record));
  const base = {
    id: headers["darkroom-id"],
    name: decodeName(headers["darkroom-name"]),
    sentAt: new Date(headers["darkroom-sent-at"]),
    sha256: headers["darkroom-sha256"],
  };
  const value = bytesOf(record);
  if (headers["darkroom-kind"] === "inline") return { ...base, kind: "inline", bytes: value };
  const claim = check("claim", claimSchema, parseJson(value));
  if (claim.sha256 !== base.sha256) throw new BadMessage("claim.sha256: expected the header darkroom-sha256's value");
  return { ...base, kind: "claim", claim };
}

/** A record's value; empty for a tombstone, whatever its JSON form. */
export const bytesOf = ({ value }: Pick<MSKRecord, "value">): Buffer => Buffer.from(value ?? "", "base64");

/** Header values arrive as arrays of bytes, which Java writes signed. A repeated header: the last one holds. */
export function headersOf({ headers }: Pick<MSKRecord, "headers">): Record<string, string> {
  const pairs = (headers ?? []).flatMap((header) => Object.entries(header));
  return Object.fromEntries(pairs.map(([name, bytes]) => [name, Buffer.from(bytes).toString("utf8")]));
}

function check<T>(what: string, schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => `${[what, ...path].join(".")}: expected ${message}`);
  throw new BadMessage(faults.join("; "));
}

function parseJson(value: Buffer): unknown {
  try {
    return JSON.parse(value.toString("utf8"));
  } catch {
    return undefined;
  }
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    throw new BadMessage("header.darkroom-name: expected a percent-encoded file name in UTF-8");
  }
}
