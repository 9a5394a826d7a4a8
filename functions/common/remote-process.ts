import { randomUUID } from "node:crypto";
import { type Answer, answerSchema, type Invocation, MAX_PAYLOAD_BYTES } from "../contract/invocation";
import {
  CONTRACT_VERSION,
  type InputImage,
  type OutputImage,
  type Process,
  type ProcessingContext,
} from "../contract/process";
import { ImageRefused } from "../contract/refusal";
import { faultsOf } from "../contract/result";
import { prefixes } from "./layout";
import type { ObjectStore } from "./store";

/** What a function answered; `failed` when its code threw or Lambda ended it. */
export interface RemoteAnswer {
  readonly failed: boolean;
  readonly payload: string;
}

/** Everything around code that runs in a function of its own. */
export interface RemoteProcessDependencies {
  /** Bucket through which large files travel, below `exchange/`. */
  readonly bucket: string;
  readonly store: Pick<ObjectStore, "putIfAbsent" | "get">;
  /** Calls the function. @throws on a fault of the moment */
  invoke(payload: string, secondsAllowed: number): Promise<RemoteAnswer>;
  /** URLs by which somebody without rights reads or writes one object for a while. */
  urlToRead(key: string): Promise<string>;
  urlToWrite(key: string): Promise<string>;
}

/** The function did not answer as the contract says: a fault of the moment. */
export class RemoteProcessFailed extends Error {
  override readonly name = "RemoteProcessFailed";
}

/** What of a request may be the file; the rest is for settings and URLs. */
const INLINE_BYTES = Math.floor(((MAX_PAYLOAD_BYTES - 500_000) * 3) / 4);

/** Slots beyond one a rendition: code may make more pictures than the settings ask for. */
const FURTHER_SLOTS = 4;

/** Largest output taken from a slot: the largest file that the settings accept. */
const MAX_OUTPUT_BYTES = 104_857_600;

/** The engineers' code in a function of its own, called by the contract over the Lambda event (contract/invocation.ts). */
export const remoteProcess =
  (dependencies: RemoteProcessDependencies): Process =>
  async (image, context) => {
    // Unique, so that calls for the same image do not write into each other's slots.
    const place = `${prefixes.exchange}${image.id}/${randomUUID()}`;
    const slots = Array.from({ length: context.renditions.length + FURTHER_SLOTS }, (_, slot) => `${place}/${slot}`);
    const invocation: Invocation = {
      contractVersion: CONTRACT_VERSION,
      image: await sent(image, `${place}/original`, dependencies),
      context: copied(context),
      slots: await Promise.all(slots.map((key) => dependencies.urlToWrite(key))),
    };
    const answer = understood(await dependencies.invoke(JSON.stringify(invocation), context.secondsAllowed));
    if ("refused" in answer) throw new ImageRefused(answer.refused.reason, answer.refused.message);
    const { features } = answer;
    return { outputs: await Promise.all(answer.outputs.map((output) => taken(output, slots, dependencies))), features };
  };

/** Settings as they are sent, without what else may be in the object. */
const copied = ({ limits, renditions, secondsAllowed }: ProcessingContext): Invocation["context"] => ({
  limits: { ...limits },
  renditions: renditions.map((rendition) => ({ ...rendition })),
  secondsAllowed,
});

async function sent(
  { bytes, id, name }: InputImage,
  key: string,
  { bucket, store, urlToRead }: RemoteProcessDependencies,
): Promise<Invocation["image"]> {
  const fields = { id, name, sizeBytes: bytes.length };
  if (bytes.length <= INLINE_BYTES) return { ...fields, bytesBase64: Buffer.from(bytes).toString("base64") };
  await store.putIfAbsent({ bucket, key }, { bytes, contentType: "application/octet-stream" });
  return { ...fields, url: await urlToRead(key) };
}

/** @throws RemoteProcessFailed when it is no answer of the contract. */
function understood({ failed, payload }: RemoteAnswer): Answer {
  if (failed) throw new RemoteProcessFailed(`The processing function failed: ${errorIn(payload)}`);
  const answer = answerSchema.safeParse(parsed(payload));
  if (answer.success) return answer.data;
  throw new RemoteProcessFailed(`The processing function answered outside of its contract: ${faultsOf(answer.error)}`);
}

async function taken(
  output: Extract<Answer, { outputs: unknown }>["outputs"][number],
  slots: readonly string[],
  { bucket, store }: RemoteProcessDependencies,
): Promise<OutputImage> {
  if ("bytesBase64" in output) {
    const { bytesBase64, ...fields } = output;
    return { ...fields, bytes: Buffer.from(bytesBase64, "base64") };
  }
  const { slot, ...fields } = output;
  const key = slots[slot];
  if (key === undefined) {
    throw new RemoteProcessFailed(
      `Output ${output.name}: expected a slot from 0 to ${slots.length - 1}, but got ${slot}`,
    );
  }
  const found = await store.get({ bucket, key }, MAX_OUTPUT_BYTES);
  if (found.state === "found") return { ...fields, bytes: found.bytes };
  const came = found.state === "missing" ? "nothing was put there" : `it holds ${found.sizeBytes} bytes`;
  throw new RemoteProcessFailed(
    `Output ${output.name}: expected at most ${MAX_OUTPUT_BYTES} bytes in slot ${slot}, but ${came}`,
  );
}

/** What Lambda says of code that failed (Lambda Developer Guide, "Understanding retry behavior"); never more than a line. */
function errorIn(payload: string): string {
  const { errorType = "unknown", errorMessage = "" } = (parsed(payload) ?? {}) as Record<string, string>;
  return `${errorType}: ${String(errorMessage).split("\n")[0]?.slice(0, 300)}`;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
