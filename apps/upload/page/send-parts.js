import { ask } from "./api.js";
import { send } from "./send.js";

/** Parts of one file on their way at once. */
const atOnce = 2;

/**
 * Sends a file in parts: first asks which ones S3 has, so that a cut or a reload costs only the parts under way.
 * @param upload - {key, uploadId, completing}: the last one when its parts were to be put together, and nobody answered.
 * @param onProgress - told the bytes S3 has or is getting.
 * @returns as {@link send}, or {state: "gone"} when the upload is over
 */
export async function sendParts(file, upload, unfinished, onProgress, signal) {
  const { key, uploadId } = upload;
  const about = { key, uploadId, sizeBytes: file.size };
  const known = await ask("/uploads/state", about);
  // Completed before, and the answer got lost.
  if (upload.completing && isGone(known)) return { state: "done" };
  if (known.state !== "done") return goneOr(known);
  const { partBytes, parts, present } = known.body;
  const sizeOf = (number) => Math.min(partBytes, file.size - partBytes * (number - 1));
  const sent = new Map(present.map((number) => [number, sizeOf(number)]));
  const tell = () => onProgress([...sent.values()].reduce((sum, bytes) => sum + bytes, 0));
  const done = new Set(present);
  const keep = () =>
    unfinished.keep(
      file,
      upload,
      [...done].reduce((sum, number) => sum + sizeOf(number), 0),
    );
  keep();
  tell();
  const missing = Array.from({ length: parts }, (_, index) => index + 1).filter((number) => !done.has(number));
  while (missing.length > 0) {
    const numbers = missing.splice(0, atOnce);
    const signed = await ask("/uploads/parts", { ...about, numbers });
    if (signed.state !== "done") return goneOr(signed);
    const outcomes = await Promise.all(
      signed.body.parts.map(async ({ number, url }) => {
        const part = file.slice(partBytes * (number - 1), partBytes * (number - 1) + sizeOf(number));
        const onPart = (bytes) => {
          sent.set(number, bytes);
          tell();
        };
        const outcome = await send("PUT", url, part, onPart, signal);
        if (outcome.state === "done") {
          done.add(number);
          keep();
        } else sent.delete(number);
        return outcome;
      }),
    );
    const failed = outcomes.find(({ state }) => state !== "done");
    if (failed !== undefined) return failed;
  }
  if (signal.aborted) return { state: "cancelled" };
  unfinished.keep(file, upload, file.size, true);
  const completed = await ask("/uploads/complete", about);
  if (completed.type === "/problems/parts-missing") return { state: "wait", seconds: 1, why: "A part got lost" };
  return goneOr(completed);
}

const isGone = ({ type }) => type === "/problems/upload-gone";
const goneOr = (answer) => (isGone(answer) ? { state: "gone" } : answer);
