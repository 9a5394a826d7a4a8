import type { OutputImage, Process } from "../contract/process";
import { measure } from "./features";
import { checkBytes } from "./limits";
import { openPicture } from "./picture";
import { render } from "./renditions";
import { sniff } from "./sniff";
import { TimeLimit } from "./time-limit";

/** Version of the contract this code keeps to. */
export const contractVersion = 1;

/**
 * The default processing: upright, in sRGB, without metadata, one picture a rendition, and what analysts ask for.
 * @throws ImageRefused when the image can never be processed.
 */
export const process: Process = async (image, context) => {
  const time = new TimeLimit(context.secondsAllowed);
  checkBytes(image.bytes.length, context.limits);
  const format = sniff(image.bytes);
  const picture = await openPicture(image.bytes, format, context, time);
  const outputs: OutputImage[] = [];
  // One after the other: side by side, an image's pictures would only add to its memory.
  for (const rendition of context.renditions) outputs.push(await render(picture, rendition, time));
  return { outputs, features: await measure(picture, format, image.bytes.length, time) };
};
