import { ask } from "./api.js";
import { send } from "./send.js";
import { sendParts } from "./send-parts.js";

/** Bytes that tell a file's kind. */
const headBytes = 256;

/** A signature that S3 does not take is asked for anew so often: a form may end while it waits, a lack of rights stays. */
const mostForms = 3;

async function headOf(file) {
  const bytes = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
  return btoa(String.fromCharCode(...bytes));
}

/** What the app gives for a file: a form, an upload in parts, or a refusal. */
async function ticketFor(file) {
  const answer = await ask("/uploads", {
    files: [{ name: file.name.slice(-1000), sizeBytes: file.size, head: await headOf(file) }],
  });
  return answer.state === "done" ? answer.body.files[0] : answer;
}

function sendForm({ url, fields }, file, onProgress, signal) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  // S3 heeds no field behind the file.
  form.append("file", file);
  return send("POST", url, form, (bytes) => onProgress(Math.min(bytes, file.size)), signal);
}

/**
 * Uploads a file once, by a form or in parts, and goes on with parts that were begun before.
 * @returns as {@link send}; "expired" only after several signatures
 */
async function tryOnce(file, unfinished, onProgress, signal) {
  for (let forms = 1; ; forms += 1) {
    const begun = unfinished.find(file);
    const ticket = begun === undefined ? await ticketFor(file) : { ...begun, state: "parts" };
    if (ticket.state !== "form" && ticket.state !== "parts") return ticket;
    const outcome =
      ticket.state === "form"
        ? await sendForm(ticket, file, onProgress, signal)
        : await sendParts(file, ticket, unfinished, onProgress, signal);
    if (ticket.state === "parts" && (outcome.state === "done" || outcome.state === "gone")) {
      unfinished.forget(ticket.uploadId);
    }
    const again = outcome.state === "gone" || outcome.state === "expired";
    if (!again || forms >= mostForms) return outcome;
  }
}

/** As {@link tryOnce}; tells a file that the browser cannot read from a lost connection. */
export async function uploadFile(file, unfinished, onProgress, signal) {
  const gone = { state: "refused", why: "This file cannot be read any more. Choose it again." };
  try {
    const outcome = await tryOnce(file, unfinished, onProgress, signal);
    if (outcome.state === "wait") await file.slice(0, 1).arrayBuffer();
    if (outcome.state === "expired" || outcome.state === "gone") {
      return { state: "refused", why: outcome.why ?? "S3 lost the upload. Choose the file again." };
    }
    return outcome;
  } catch {
    return gone;
  }
}
