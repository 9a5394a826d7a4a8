import { prefixes } from "../../functions/common/layout";
import type { Outcome } from "./account";
import type { ObjectStore } from "./object-store";
import type { RunImage } from "./run-record";

/** The images of a run that ended nowhere yet. */
export const openImages = (images: readonly RunImage[], outcomes: readonly Outcome[]): RunImage[] => {
  const ended = new Set(outcomes.map(({ imageId }) => imageId));
  return images.filter(({ imageId }) => !ended.has(imageId));
};

/** Keys of the uploads that wait for the batch. */
export const waitingUploads = async (
  store: Pick<ObjectStore, "list">,
  uploadsBucket: string,
): Promise<ReadonlySet<string>> => new Set((await store.list(uploadsBucket, prefixes.pending)).map(({ key }) => key));

/**
 * The images of a run that was stopped which still have to be sent: those that ended nowhere and do not wait as an
 * upload. What already is in Kafka is sent again under the same id; the functions know it for the same image.
 * @param waiting - found before the outcomes were, or an upload that is just taken would be in neither
 */
export const unsentImages = (
  waiting: ReadonlySet<string>,
  images: readonly RunImage[],
  outcomes: readonly Outcome[],
): RunImage[] => openImages(images, outcomes).filter(({ source, key }) => !(source === "upload" && waiting.has(key)));
