import type { S3Client } from "@aws-sdk/client-s3";
import { dayOf, imageIdOfUpload } from "../../functions/common/keys";
import { processImage } from "../../functions/common/process-image";
import { S3Store } from "../../functions/common/s3-store";
import type { SourceImage } from "../../functions/common/source-image";
import { deploy } from "../functions/flow";
import { type Picture, pictures } from "./pictures";

const uploadWaitsMilliseconds = 17 * 60 * 60 * 1000;

/** An image that is read from memory; its original is kept nowhere. */
function sourceOf({ name, bytes, source, receivedAt }: Picture): SourceImage {
  return {
    imageId: imageIdOfUpload("test", name, "1"),
    day: dayOf(receivedAt),
    source,
    name,
    receivedAt,
    sizeBytes: bytes.length,
    sha256: undefined,
    comesAgain: false,
    read: async () => ({ state: "found", bytes }),
    keepOriginal: async () => ({ bucket: "uploads", key: `originals/${name}` }),
    quarantineOriginal: async () => undefined,
    finish: async () => undefined,
  };
}

/** Processes every picture with the default code into a bucket of S3. @returns how each ended */
export async function fill(s3: S3Client, processedBucket: string): Promise<string[]> {
  const outcomes: string[] = [];
  const deployed = deploy();
  for (const picture of await pictures()) {
    const wait = picture.source === "upload" ? uploadWaitsMilliseconds : 900;
    const dependencies = {
      ...deployed,
      store: new S3Store(s3),
      environment: { ...deployed.environment, processedBucket },
      now: () => new Date(picture.receivedAt.getTime() + wait),
    };
    outcomes.push(await processImage(sourceOf(picture), 20, dependencies));
  }
  return outcomes;
}
