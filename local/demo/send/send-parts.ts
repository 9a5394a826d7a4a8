import { createHash } from "node:crypto";
import { askApp } from "./ask-app";
import { toS3 } from "./to-s3";

export interface SendPartsProps {
  /** Of web app 2. */
  readonly url: string;
  readonly ticket: { readonly key: string; readonly uploadId: string; readonly partBytes: number };
  readonly bytes: Uint8Array;
  readonly signal: AbortSignal;
}

const md5 = (bytes: Uint8Array): Buffer => createHash("md5").update(bytes).digest();

const partsOf = (bytes: Uint8Array, partBytes: number): Uint8Array[] =>
  Array.from({ length: Math.ceil(bytes.length / partBytes) }, (_, index) =>
    bytes.subarray(index * partBytes, (index + 1) * partBytes),
  );

/** The ETag of an object that was uploaded in parts: the MD5 of the parts' MD5s, and how many there are. */
export function partsEtag(bytes: Uint8Array, partBytes: number): string {
  const parts = partsOf(bytes, partBytes);
  return `${md5(Buffer.concat(parts.map(md5))).toString("hex")}-${parts.length}`;
}

/** Uploads a file in parts through web app 2, one after the other. @throws UserError when the app or S3 refuses one */
export async function sendParts({ url, ticket, bytes, signal }: SendPartsProps): Promise<void> {
  const upload = { key: ticket.key, uploadId: ticket.uploadId, sizeBytes: bytes.length };
  const parts = partsOf(bytes, ticket.partBytes);
  const numbers = parts.map((_, index) => index + 1);
  type Signed = { readonly parts: readonly { readonly number: number; readonly url: string }[] };
  const signed = await askApp<Signed>(url, "/uploads/parts", { ...upload, numbers }, signal);
  for (const { number, url: target } of signed.parts) {
    const body = () => parts[number - 1] ?? new Uint8Array();
    await toS3(`Web app 2, part ${number} of ${ticket.key}`, target, { method: "PUT", body }, signal);
  }
  await askApp(url, "/uploads/complete", upload, signal);
}
