import { readFileSync, writeFileSync } from "node:fs";
import { imageCode } from "../../functions/common/image-code";
import { checkedProcess } from "../../functions/contract/checked-process";
import { ImageRefused } from "../../functions/contract/refusal";
import { peakMegabytes } from "../processes/peak-memory";
import type { Job, Message } from "./messages";
import type { MadePicture, Outcome } from "./result";

/** Runs image code in a process of its own, which may crash or hang without harm. Compiled together with the code (compile-watched.ts). */
const say = (message: Message): void => {
  process.send?.(message);
};

async function outcomeOf({ path, outputs: target, context, id, name }: Job): Promise<[Outcome, number]> {
  const bytes = readFileSync(path);
  const started = performance.now();
  try {
    const { outputs, features } = await checkedProcess(imageCode.process)({ bytes, id, name }, context);
    const milliseconds = performance.now() - started;
    const made = outputs.map(({ bytes: written, ...output }): MadePicture => {
      const file = `${target}-${output.name}.${output.extension}`;
      writeFileSync(file, written);
      return { ...output, sizeBytes: written.length, path: file };
    });
    return [{ state: "processed", outputs: made, features }, milliseconds];
  } catch (error) {
    return [failureOf(error), performance.now() - started];
  }
}

function failureOf(error: unknown): Outcome {
  if (error instanceof ImageRefused) return { state: "refused", reason: error.reason, message: error.message };
  const [message = "", ...stack] = (error instanceof Error ? (error.stack ?? String(error)) : String(error)).split(
    "\n",
  );
  return { state: "failed", message, stack };
}

process.on("message", async (job: Job) => {
  const [outcome, milliseconds] = await outcomeOf(job);
  say({ outcome, milliseconds, peakMegabytes: peakMegabytes() });
});
process.on("disconnect", () => process.exit());

const { contractVersion, process: code } = imageCode as Partial<typeof imageCode>;
say({ loaded: { contractVersion, processType: typeof code } });
