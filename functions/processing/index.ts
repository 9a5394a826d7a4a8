import type { OutputImage, Process, ProcessingContext } from "../contract/process";
import { decoderError } from "./decoder-error";
import { measure } from "./features";
import { readHeader } from "./header";
import { checkBytes, checkLists } from "./limits";
import { takeMemory } from "./memory-gate";
import { openPicture, type Picture } from "./picture";
import { render } from "./renditions";
import { type ImageFormat, sniff } from "./sniff";
import { TimeLimit } from "./time-limit";

/** A number of its own: a new contract must not claim code that was written for an older one. */
export const contractVersion = 1;

/**
 * The default processing: upright, in sRGB, without metadata, one picture a rendition, and what analysts ask for.
 * @throws ImageRefused when the image can never be processed.
 */
export const process: Process = async (image, context) => {
  const time = new TimeLimit(context.secondsAllowed);
  checkBytes(image.bytes.length, context.limits);
  const format = sniff(image.bytes);
  const bytes = Buffer.from(image.bytes.buffer, image.bytes.byteOffset, image.bytes.byteLength);
  checkLists(bytes, format, context.limits);
  try {
    return await processFile(bytes, format, context, time);
  } catch (error) {
    throw decoderError(error, format, time);
  }
};

async function processFile(bytes: Buffer, format: ImageFormat, context: ProcessingContext, time: TimeLimit) {
  const header = await readHeader(bytes, format, context.limits, time);
  const giveBack = await takeMemory(header, bytes.length, context, time);
  let picture: Picture | undefined;
  try {
    picture = await openPicture(bytes, header, context, time);
    const outputs: OutputImage[] = [];
    // One after the other: side by side, an image's pictures would only add to its memory.
    for (const rendition of context.renditions) outputs.push(await render(picture, rendition, time));
    return { outputs, features: await measure(picture, format, bytes.length, time) };
  } finally {
    // A decoder that runs beyond its time still has its memory.
    void time.settled.then(() => {
      picture?.release();
      giveBack();
    });
  }
}
