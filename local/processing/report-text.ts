import { bytesText } from "../demo/page/format";
import type { ImageResult, RunReport } from "./result";

/** A run in lines for a terminal. */
export function reportText({ code, state, fault, counts, meanMilliseconds, peakMegabytes, images }: RunReport): string {
  if (fault !== undefined) return `${code}: nothing ran.\n${fault}`;
  const speed = meanMilliseconds === null ? "" : ` ${meanMilliseconds} ms an image, ${peakMegabytes} MB at most.`;
  const total = `${counts.processed} processed, ${counts.refused} refused, ${counts.failed} failed.${speed}`;
  return [...images.map(line), `${code}: ${state === "running" ? "running, " : ""}${total}`].join("\n");
}

function line({ file, milliseconds, outcome }: ImageResult): string {
  const time = `${milliseconds.toFixed(0).padStart(6)} ms`;
  if (outcome.state === "processed") {
    const outputs = outcome.outputs.map(
      ({ name, width, height, sizeBytes }) => `${name} ${width}×${height} ${bytesText(sizeBytes)}`,
    );
    return `${time}  ${file}: ${outputs.join(", ")}`;
  }
  if (outcome.state === "refused") return `${time}  ${file}: refused, ${outcome.reason}: ${outcome.message}`;
  return [`${time}  ${file}: FAILED, ${outcome.message}`, ...outcome.stack.map((at) => `              ${at}`)].join(
    "\n",
  );
}
