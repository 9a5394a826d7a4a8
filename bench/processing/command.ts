import type { Command } from "commander";
import { repositoryFolder } from "../../environments/repository";
import { wholeNumber } from "../whole-number";
import { benchProcessing } from "./bench";
import { fewestImages } from "./images/mix";
import { writeDocs } from "./report/write-docs";
import type { ProcessingBench } from "./result";

interface Options {
  readonly json?: boolean;
  readonly images: number;
  readonly rounds: number;
  readonly environment: string;
  readonly writeDocs?: boolean;
}

/** Adds `processing` to the benches. */
export const addProcessingBench = (command: Command): Command =>
  command
    .command("processing")
    .description(
      "The default processing against a bare sharp script, Dynamic Image Transformation's calls and Pillow; both paths through Kafka and S3; memory, cold start, cost.",
    )
    .option("--json", "print one JSON object: {ratio, streamRatio, batchRatio, peakMegabytes, …}")
    .option("--images <count>", "images of the mix", wholeNumber(fewestImages), 60)
    .option("--rounds <count>", "measured rounds of each, in turn", wholeNumber(1), 5)
    .option("--environment <name>", "environment file whose settings are measured", "prod")
    .option("--write-docs", "write docs/bench.json, docs/bench.svg and the tables of docs/bench.md")
    .action(async ({ json, writeDocs: isForDocs, ...props }: Options) => {
      const result = await benchProcessing(props, (message) => console.error(message));
      if (isForDocs) await writeDocs(repositoryFolder(), result);
      console.log(json ? JSON.stringify(result) : inWords(result));
    });

const inWords = (bench: ProcessingBench): string =>
  [
    `default processing by the bare sharp script: ${bench.ratio.toFixed(2)} of its images a second`,
    `stream by the default processing: ${bench.streamRatio.toFixed(2)} (of CPU ${bench.stream.cpuRatio.toFixed(2)})`,
    `batch by the default processing: ${bench.batchRatio.toFixed(2)} (of CPU ${bench.batch.cpuRatio.toFixed(2)})`,
    `most memory of a function: ${bench.peakMegabytes.toFixed(0)} MB; cold start: ${bench.coldStartMilliseconds.toFixed(0)} ms`,
    ...bench.contenders.map(
      ({ title, imagesPerSecond }) => `${title}: ${imagesPerSecond?.toFixed(1) ?? "cannot read all"} images/s`,
    ),
  ].join("\n");
