import { prefixes } from "../../functions/common/layout";
import type { Outcome } from "./account";
import type { ObjectStore } from "./object-store";
import type { RunImage } from "./run-record";

/** The images of a run that ended nowhere yet. */
export const openImages = (images: readonly RunImage[], outcomes: readonly Outcome[]): RunImage[] => {
  const ended = new Set(outcomes.map(({ imageId }) => imageId));
  return images.filter(({ imageId }) => !ended.has(imageId));
};

/**
 * The images of a run that was stopped which still have to be sent: those that ended nowhere and do not wait as an
 * upload. What already is in Kafka is sent again under the same id; the functions know it for the same image.
 */
export async function unsentImages(
  store: Pick<ObjectStore, "list">,
  uploadsBucket: string,
  images: readonly RunImage[],
  outcomes: readonly Outcome[],
): Promise<RunImage[]> {
  const waiting = new Set((await store.list(uploadsBucket, prefixes.pending)).map(({ key }) => key));
  return openImages(images, outcomes).filter(({ source, key }) => !(source === "upload" && waiting.has(key)));
}
