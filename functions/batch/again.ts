import { featuresKey, originalKey } from "../common/keys";
import { type Outcome, type ProcessingDependencies, processImage } from "../common/process-image";
import type { SourceImage } from "../common/source-image";
import type { ObjectName } from "../common/store";
import { type EarlierImage, earlierImage } from "./earlier-image";
import type { ListedItem } from "./event";
import { listedPlace } from "./listed-place";
import { isOnItsWay } from "./on-its-way";

/** The original was removed meanwhile: there is nothing to process again. */
class OriginalGone extends Error {}

/**
 * An image that was processed or refused before goes through under the present version of the processing. Its identity and day stay, so
 * that its new objects lie beside the old ones; nothing that is there is changed or removed.
 * @throws on a fault of the moment.
 */
export async function processAgain(
  item: ListedItem,
  secondsAllowed: number,
  dependencies: ProcessingDependencies,
): Promise<Outcome> {
  const { environment, store, now } = dependencies;
  const place = listedPlace(item.key);
  if (place === undefined || place.version === environment.processingVersion) return "skipped";
  if (place.kind === "original" && isOnItsWay(item.lastModified, now())) return "skipped";
  const features = { bucket: environment.processedBucket, key: featuresKey(place, environment.processingVersion) };
  if (await store.exists(features)) return "skipped";
  const image = await earlierImage(place, dependencies);
  if (image === undefined) return "skipped";
  try {
    return await processImage(sourceAgain(image, item.sizeBytes, dependencies), secondsAllowed, dependencies);
  } catch (error) {
    if (error instanceof OriginalGone) return "skipped";
    throw error;
  }
}

function sourceAgain(
  image: EarlierImage,
  sizeBytes: number,
  { store, environment }: Pick<ProcessingDependencies, "store" | "environment">,
): SourceImage {
  const { original, refused, ...identity } = image;
  const copyOriginal = async (target: ObjectName): Promise<void> => {
    if (!(await store.copy(original, target))) throw new OriginalGone();
  };
  const kept = refused ? { bucket: environment.uploadsBucket, key: originalKey(image) } : original;
  return {
    ...identity,
    sizeBytes: image.sizeBytes ?? sizeBytes,
    sha256: undefined,
    // processAgain has asked for the record.
    comesAgain: false,
    read: async (maxBytes) => {
      const found = await store.get(original, maxBytes);
      if (found.state === "missing") throw new OriginalGone();
      return found;
    },
    keepOriginal: async () => {
      if (refused) await copyOriginal(kept);
      return kept;
    },
    quarantineOriginal: async (target) => {
      if (!refused) await copyOriginal(target);
    },
    // Whoever asked for it takes away what lies in quarantine, once the outputs are there.
    finish: async () => {},
  };
}
