import type { ImageFeatures, OutputImage, ProcessingResult } from "../contract/process";
import { renditionKey } from "./keys";
import type { SourceImage } from "./source-image";
import type { ObjectName } from "./store";

/**
 * One line of JSON an image: what analysts query, and the proof that the image is processed. Instants are ISO 8601 in
 * UTC, sizes in bytes or pixels. docs/features.md describes every column.
 */
export interface FeatureRecord {
  readonly recordVersion: 1;
  readonly imageId: string;
  readonly source: "stream" | "upload";
  readonly name: string;
  readonly receivedAt: string;
  readonly processedAt: string;
  readonly processingVersion: string;
  readonly original: { readonly bucket: string; readonly key: string; readonly sizeBytes: number };
  /** Keys are in the processed bucket. */
  readonly outputs: readonly (Omit<OutputImage, "bytes" | "extension"> & {
    readonly key: string;
    readonly sizeBytes: number;
  })[];
  readonly features: ImageFeatures;
}

export function featureRecord(
  image: SourceImage,
  original: ObjectName,
  result: ProcessingResult,
  processing: { readonly version: string; readonly sizeBytes: number; readonly processedAt: Date },
): FeatureRecord {
  return {
    recordVersion: 1,
    imageId: image.imageId,
    source: image.source,
    name: image.name,
    receivedAt: image.receivedAt.toISOString(),
    processedAt: processing.processedAt.toISOString(),
    processingVersion: processing.version,
    original: { bucket: original.bucket, key: original.key, sizeBytes: processing.sizeBytes },
    outputs: result.outputs.map(({ bytes, extension, ...output }) => ({
      ...output,
      key: renditionKey(image, processing.version, `${output.name}.${extension}`),
      sizeBytes: bytes.length,
    })),
    features: result.features,
  };
}
