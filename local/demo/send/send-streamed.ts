import { readFile } from "node:fs/promises";
import { UserError } from "../../../gitops/user-error";
import type { Outcome } from "../account";
import { bounded } from "../bounded";
import type { RunImage } from "../run-record";
import { patiently } from "./patiently";
import { isDoorReason } from "./turned-away";

export interface SendStreamedProps {
  /** Of web app 1. */
  readonly url: string;
  readonly images: readonly RunImage[];
  /** Told how many images were taken or turned away. */
  readonly onProgress?: (sent: number) => void;
  readonly signal: AbortSignal;
}

/** Images on their way at once: the app sends together what comes meanwhile. */
const imagesAtOnce = 16;

/**
 * Streams images through web app 1, as a program does. Answers those that it turned away.
 * @throws UserError when the app refuses an image for anything but the file itself
 */
export async function sendStreamed({ url, images, onProgress, signal }: SendStreamedProps): Promise<Outcome[]> {
  let sent = 0;
  const outcomes = await bounded(images, imagesAtOnce, async (image) => {
    const outcome = await sendOne(url, image, signal);
    onProgress?.(++sent);
    return outcome;
  });
  return outcomes.flat();
}

async function sendOne(url: string, { imageId, name, item }: RunImage, signal: AbortSignal): Promise<Outcome[]> {
  const target = new URL("/images", url);
  target.searchParams.set("name", name);
  const body = await readFile(item.path);
  // Always under the same id, so that an image whose answer got lost is still one image.
  const headers = { "image-id": imageId, "content-type": "application/octet-stream" };
  const what = `Web app 1, ${item.id}`;
  const send = () => fetch(target, { method: "POST", headers, body, signal });
  const answer = await patiently(what, send, signal);
  const text = await answer.text();
  if (answer.status === 202) return [];
  const reason = /"type":"\/problems\/([a-z-]+)"/.exec(text)?.[1];
  if (!isDoorReason(reason)) throw new UserError(`${what}: expected 202, but got ${answer.status} ${text}`);
  return [{ imageId, end: "turnedAway", reason, where: `web app 1: ${answer.status}` }];
}
