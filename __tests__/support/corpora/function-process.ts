// The batch function in a process of its own, as it is deployed; only S3 is a folder.
import { type BatchDependencies, handleBatch, TransientFailures } from "../../../functions/batch/handler";
import { deployedDependencies } from "../../../functions/common/dependencies";
import { imagesAtOnce } from "../../../functions/common/images-at-once";
import type { Process } from "../../../functions/contract/process";
import { peakMegabytes } from "../../../local/processes/peak-memory";
import { FolderStore } from "./folder-store";
import type { Listed, Message, Work } from "./messages";

/** Lambda gives a function of 2 GB two processors. */
const processors = 2;

/** The state machine tries again as often. */
const attempts = 3;

const say = (message: Message): void => {
  process.send?.(message);
};

const peakBytes = (): number => peakMegabytes() * 1024 * 1024;

const timed =
  (work: Process): Process =>
  async (image, context) => {
    const { name } = image;
    const since = performance.now();
    say({ kind: "started", name });
    try {
      return await work(image, context);
    } finally {
      say({ kind: "ended", name, milliseconds: Math.round(performance.now() - since) });
    }
  };

async function call(items: readonly Listed[], seconds: number, dependencies: BatchDependencies): Promise<string[]> {
  const end = performance.now() + seconds * 1000;
  const context = { getRemainingTimeInMillis: () => Math.max(0, end - performance.now()) };
  try {
    await handleBatch({ Items: items }, context, dependencies);
    return [];
  } catch (error) {
    if (!(error instanceof TransientFailures)) throw error;
    return error.left.map(({ key }) => `${key}: ${error.message}`);
  }
}

async function work({ folder, items, batchItems, timeoutSeconds }: Work): Promise<void> {
  const deployed = deployedDependencies("batch");
  const dependencies: BatchDependencies = {
    ...deployed,
    store: new FolderStore(folder),
    process: timed(deployed.process),
    imagesAtOnce: imagesAtOnce(deployed.environment.memoryMegabytes, processors),
  };
  const idleBytes = peakBytes();
  const failed: string[] = [];
  for (let first = 0; first < items.length; first += batchItems) {
    let left = items.slice(first, first + batchItems);
    let failures: string[] = [];
    for (let attempt = 0; attempt < attempts && left.length > 0; attempt++) {
      failures = await call(left, timeoutSeconds, dependencies);
      left = left.filter(({ Key }) => failures.some((failure) => failure.startsWith(`${Key}: `)));
    }
    failed.push(...failures);
  }
  say({ kind: "finished", failed, peakBytes: peakBytes(), idleBytes });
}

// Also when the test is gone.
process.once("disconnect", () => process.exit());

process.once("message", (message: Work) => {
  work(message).then(
    () => process.disconnect(),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
