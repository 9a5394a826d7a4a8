import { featuresKey, renditionKey } from "../../../functions/common/keys";
import { noise } from "../../functions/images";
import { buckets, type uploadServices } from "./upload-service";

const version = "0a1b2c3d4e5f";

/** Puts a processed image into the account, as the functions write it. */
export async function putProcessed(
  services: ReturnType<typeof uploadServices>,
  picture: { readonly day: string; readonly imageId: string; readonly name: string; readonly withoutFiles?: true },
): Promise<void> {
  const { day, imageId, name, withoutFiles } = picture;
  const sizes = { web: [160, 120], thumbnail: [64, 64] } as const;
  const outputs = Object.entries(sizes).map(([output, [width, height]]) => ({
    name: output,
    key: renditionKey({ day, imageId }, version, `${output}.webp`),
    contentType: "image/webp",
    width,
    height,
    frames: 1,
    sizeBytes: 1,
  }));
  for (const { key, width, height } of withoutFiles ? [] : outputs) {
    await services.put(buckets.processed, key, await noise(width, height).webp().toBuffer(), "image/webp");
  }
  const record = {
    recordVersion: 1,
    imageId,
    source: "upload",
    name: `2026-01-30/${imageId}/${name}`,
    receivedAt: `${day}T10:00:00.000Z`,
    processedAt: `${day}T12:00:00.000Z`,
    processingVersion: version,
    original: { bucket: buckets.uploads, key: "originals/x", sizeBytes: 1 },
    outputs,
    features: {},
  };
  await services.put(buckets.processed, featuresKey({ day, imageId }, version), `${JSON.stringify(record)}\n`);
}
