import { randomBytes } from "node:crypto";
import { Problem } from "../common/problem";

/** An image's identity, which also says when it was sent. */
export interface ImageId {
  readonly id: string;
  readonly sentAt: Date;
}

/** How far back an image may be sent again, and how wrong a caller's clock may be. */
const oldestMilliseconds = 24 * 3_600_000;
const aheadMilliseconds = 5 * 60_000;

const version7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** A UUID of version 7: 48 bits of milliseconds, the rest by chance (RFC 9562, 5.7). */
export function newImageId(now = new Date()): ImageId {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now.getTime(), 0, 6);
  bytes.writeUInt8(0x70 | (bytes.readUInt8(6) & 0x0f), 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  const id = bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return { id, sentAt: now };
}

/**
 * The identity that a caller chose, so that it can send an image again when it got no answer. Its time is the image's
 * `sentAt`: the same id is the same image on the same day, processed once.
 * @throws Problem 400
 */
export function imageIdOf(sent: string, now = new Date()): ImageId {
  const refuse = (why: string): Problem =>
    new Problem({
      status: 400,
      code: "bad-image-id",
      title: "The image's id is not usable",
      detail: `Image-Id: expected a UUID of version 7 in lower case, made within the last 24 hours, but ${why}. Leave it out to be given one.`,
    });
  if (!version7.test(sent)) throw refuse(`got ${JSON.stringify(sent.slice(0, 64))}`);
  const sentAt = new Date(Number.parseInt(sent.replaceAll("-", "").slice(0, 12), 16));
  const age = now.getTime() - sentAt.getTime();
  if (age > oldestMilliseconds || age < -aheadMilliseconds) throw refuse("its time is out of that");
  return { id: sent, sentAt };
}
