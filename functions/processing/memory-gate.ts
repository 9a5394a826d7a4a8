import { grouped } from "../contract/grouped";
import type { ProcessingContext } from "../contract/process";
import { ImageRefused } from "../contract/refusal";
import type { Header } from "./header";
import { neededBytes } from "./needed-memory";
import { SharedMemory } from "./shared-memory";
import type { TimeLimit } from "./time-limit";

const MEGABYTE = 1024 * 1024;

/** Node, sharp, the SDK, what the call brought, and files that wait: a quarter of the memory, at least this many MB. */
const LEAST_RESERVE = 176;

/** One for all images of the process. */
const memory = new SharedMemory();

/**
 * Lets an image in when there is memory for it: four small pictures at once, of four very large ones one after the other.
 * @returns what gives its memory back
 * @throws ImageRefused `too-many-pixels` when it does not fit even alone; the fault of `time` when the wait took all of it.
 */
export async function takeMemory(
  header: Header,
  fileBytes: number,
  context: ProcessingContext,
  time: TimeLimit,
): Promise<() => void> {
  const { memoryMegabytes } = context;
  if (memoryMegabytes === undefined) return () => {};
  const bytes = neededBytes(header, context, fileBytes);
  const shared = memoryMegabytes - Math.max(LEAST_RESERVE, memoryMegabytes / 4);
  const capacity = shared * MEGABYTE;
  if (bytes > capacity) {
    throw new ImageRefused(
      "too-many-pixels",
      `Expected a picture that fits into ${grouped(Math.floor(shared))} MB (processing.memoryMegabytes is ${grouped(memoryMegabytes)}), but ${grouped(header.width)} × ${grouped(header.height)} pixels as ${header.format} take about ${grouped(Math.ceil(bytes / MEGABYTE))} MB.`,
    );
  }
  if (memory.isFull(bytes, capacity)) time.waited();
  const giveBack = await memory.take(bytes, capacity, time.left);
  if (giveBack === undefined) throw time.fault();
  return giveBack;
}
