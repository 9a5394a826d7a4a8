import { prefixes } from "../common/layout";
import { type Outcome, type ProcessingDependencies, processImage } from "../common/process-image";
import { processAgain } from "./again";
import type { ListedItem } from "./event";
import { sourceOf } from "./source";

/**
 * The image that a listed object stands for: an upload that waits, or an image that went this way before.
 * @throws on a fault of the moment.
 */
export const processItem = (
  item: ListedItem,
  secondsAllowed: number,
  dependencies: ProcessingDependencies,
): Promise<Outcome> =>
  item.key.startsWith(prefixes.pending)
    ? processImage(sourceOf(item, dependencies), secondsAllowed, dependencies)
    : processAgain(item, secondsAllowed, dependencies);
