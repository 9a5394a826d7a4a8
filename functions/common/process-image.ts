import { grouped } from "../contract/grouped";
import type { Process } from "../contract/process";
import { ImageRefused } from "../contract/refusal";
import type { FunctionEnvironment } from "./environment";
import { featureRecord } from "./feature-record";
import { featuresKey, renditionKey } from "./keys";
import type { Log } from "./log";
import { sha256Of } from "./message";
import type { Meter } from "./meter";
import { quarantine, TransportRefused } from "./quarantine";
import type { SourceImage } from "./source-image";
import type { ObjectStore } from "./store";

/** skipped: it was processed by this version before, or another call has taken care of it. */
export type Outcome = "processed" | "quarantined" | "skipped";

/** What the flow works with; tests put an in-memory store and a fixed clock in. */
export interface ProcessingDependencies {
  readonly store: ObjectStore;
  readonly environment: FunctionEnvironment;
  readonly process: Process;
  readonly log: Log;
  /** @default - nothing is counted */
  readonly meter?: Pick<Meter, "worked" | "refused" | "end">;
  now(): Date;
}

/**
 * The way of one image: processed, outputs and original written, the feature record last. May be repeated at any point:
 * every write is conditional and has a key that follows from the image's identity.
 * @throws on a fault of the moment; the image must be tried again.
 */
export async function processImage(
  image: SourceImage,
  secondsAllowed: number,
  dependencies: ProcessingDependencies,
): Promise<Outcome> {
  const { store, environment, log } = dependencies;
  const features = { bucket: environment.processedBucket, key: featuresKey(image, environment.processingVersion) };
  try {
    const done = image.comesAgain && (await store.exists(features));
    const outcome = done ? "skipped" : await processNew(image, secondsAllowed, dependencies);
    await image.finish();
    return outcome;
  } catch (error) {
    if (!(error instanceof ImageRefused) && !(error instanceof TransportRefused)) throw error;
    await quarantine(image, error, dependencies);
    await image.finish();
    dependencies.meter?.refused(error.reason);
    log("warn", "image refused", { imageId: image.imageId, source: image.source, reason: error.reason });
    return "quarantined";
  }
}

async function processNew(
  image: SourceImage,
  secondsAllowed: number,
  { store, environment, process, meter, now }: ProcessingDependencies,
): Promise<Outcome> {
  const { processedBucket: bucket, processingVersion: version, processing, memoryMegabytes } = environment;
  const bytes = await bytesOf(image, processing.limits.maxBytes);
  if (bytes === undefined) return "skipped";
  const started = performance.now();
  const working = async () =>
    process({ bytes, id: image.imageId, name: image.name }, { ...processing, secondsAllowed, memoryMegabytes });
  const result = await working().finally(() => meter?.worked(bytes.length, Math.round(performance.now() - started)));
  const [original] = await Promise.all([
    image.keepOriginal(),
    ...result.outputs.map((output) =>
      store.putIfAbsent({ bucket, key: renditionKey(image, version, `${output.name}.${output.extension}`) }, output),
    ),
  ]);
  const record = featureRecord(image, original, result, { version, sizeBytes: bytes.length, processedAt: now() });
  const written = await store.putIfAbsent(
    { bucket, key: featuresKey(image, version) },
    { bytes: Buffer.from(`${JSON.stringify(record)}\n`), contentType: "application/json" },
  );
  return written ? "processed" : "skipped";
}

/** undefined when an upload is gone: then an earlier attempt has finished it. */
async function bytesOf(image: SourceImage, maxBytes: number): Promise<Uint8Array | undefined> {
  const found = await image.read(maxBytes);
  if (found.state === "too-large") {
    throw new ImageRefused(
      "too-many-bytes",
      `Expected at most ${grouped(maxBytes)} bytes (processing.limits.maxBytes), but got ${grouped(found.sizeBytes)}.`,
    );
  }
  if (found.state === "missing") {
    if (image.source === "upload") return undefined;
    throw new TransportRefused("claim-missing", "The record names an object that is not there.");
  }
  if (image.sha256 !== undefined && sha256Of(found.bytes) !== image.sha256) {
    throw new TransportRefused("checksum-mismatch", "The bytes are not those the sender announced (SHA-256 differs).");
  }
  return found.bytes;
}
