import { readFile } from "node:fs/promises";
import { UserError } from "../../../gitops/user-error";
import type { Outcome } from "../account";
import { bounded } from "../bounded";
import type { RunImage } from "../run-record";
import type { UploadJournal } from "../upload-journal";
import { askApp } from "./ask-app";
import { partsEtag, sendParts } from "./send-parts";
import { toS3 } from "./to-s3";
import { isDoorReason } from "./turned-away";

export interface SendUploadsProps {
  /** Of web app 2. */
  readonly url: string;
  readonly images: readonly RunImage[];
  /** Where it is kept which key each image got. */
  readonly journal: Pick<UploadJournal, "begin">;
  /** Told how many images S3 has or the app turned away. */
  readonly onProgress?: (sent: number) => void;
  readonly signal: AbortSignal;
}

/** What web app 2 answers for a file. */
type Ticket =
  | { readonly state: "form"; readonly key: string; readonly url: string; readonly fields: Record<string, string> }
  | { readonly state: "parts"; readonly key: string; readonly uploadId: string; readonly partBytes: number }
  | { readonly state: "refused"; readonly code: string; readonly why: string };

const uploadsAtOnce = 8;
/** Bytes by which web app 2 tells a file's kind. */
const headBytes = 256;
/** What a sender that lies says a file begins with. */
const jpegHead = Buffer.from([0xff, 0xd8, 0xff, 0xe0]);

/**
 * Uploads images through web app 2, as a browser does: it asks the app for each, and sends to S3 what it may. Answers those
 * that the app turned away.
 * @throws UserError when the app or S3 refuses an image for anything but the file itself
 */
export async function sendUploads({ images, onProgress, ...props }: SendUploadsProps): Promise<Outcome[]> {
  let sent = 0;
  const outcomes = await bounded(images, uploadsAtOnce, async (image) => {
    const outcome = await sendOne(image, props);
    onProgress?.(++sent);
    return outcome;
  });
  return outcomes.flat();
}

async function sendOne(
  { imageId, item }: RunImage,
  { url, journal, signal }: Omit<SendUploadsProps, "images" | "onProgress">,
): Promise<Outcome[]> {
  const bytes = await readFile(item.path);
  const head = (item.lies ? jpegHead : bytes.subarray(0, headBytes)).toString("base64");
  const offered = { files: [{ name: item.name, sizeBytes: bytes.length, head }] };
  const { files } = await askApp<{ readonly files: readonly Ticket[] }>(url, "/uploads", offered, signal);
  const [ticket] = files;
  if (ticket === undefined) throw new UserError(`Web app 2, ${item.id}: no answer for the file`);
  const what = `Web app 2, ${item.id}`;
  if (ticket.state === "refused") {
    if (!isDoorReason(ticket.code)) throw new UserError(`${what}: ${ticket.code}: ${ticket.why}`);
    return [{ imageId, end: "turnedAway", reason: ticket.code, where: "web app 2" }];
  }
  // Noted first: whatever stops the run behind this line, the next one knows what to look for in the bucket.
  if (ticket.state === "parts") {
    journal.begin({ id: item.id, key: ticket.key, etag: partsEtag(bytes, ticket.partBytes) });
    await sendParts({ url, ticket, bytes, signal });
    return [];
  }
  journal.begin({ id: item.id, key: ticket.key, etag: item.md5 });
  const etag = await toS3(what, ticket.url, { method: "POST", body: () => formOf(ticket.fields, bytes) }, signal);
  // The image's identity is made of the ETag; the account of the run is drawn up with the one that plain uploads get.
  if (etag !== item.md5) {
    throw new UserError(`${ticket.key}: expected the ETag ${item.md5} (MD5 of the bytes), but got ${etag}`);
  }
  return [];
}

function formOf(fields: Readonly<Record<string, string>>, bytes: Uint8Array): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  // S3 heeds no field behind the file.
  form.append("file", new Blob([bytes]));
  return form;
}
