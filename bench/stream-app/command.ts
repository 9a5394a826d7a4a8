import type { Command } from "commander";
import { wholeNumber } from "../whole-number";
import { benchStreamApp, type StreamAppProps } from "./bench";

/** Adds `stream-app` to the benches. */
export const addStreamAppBench = (command: Command): Command =>
  command
    .command("stream-app")
    .description(
      "Web app 1 against bare Fastify and kafkajs: images a second through the same broker, confirmed by it.",
    )
    .option("--json", "print one JSON object: {ratio, imagesPerSecond, bareImagesPerSecond, …}")
    .option("--seconds <count>", "of each measured round", wholeNumber(1, 600), 8)
    .option("--rounds <count>", "measured rounds of each, in turn", wholeNumber(1, 100), 5)
    .option("--callers <count>", "callers at once", wholeNumber(1, 1000), 32)
    .option("--bytes <count>", "of each image", wholeNumber(100, 262_144), 60_000)
    .action(async ({ json, ...props }: StreamAppProps & { readonly json?: boolean }) => {
      const result = await benchStreamApp(props, (line) => console.error(line));
      const { ratio, imagesPerSecond, bareImagesPerSecond, cpuMilliseconds, bareCpuMilliseconds } = result;
      console.log(
        json
          ? JSON.stringify(result)
          : `web app 1 ${imagesPerSecond} images/s, bare Fastify and kafkajs ${bareImagesPerSecond}: ${ratio} of it; ` +
              `processor time an image ${cpuMilliseconds ?? "?"} and ${bareCpuMilliseconds ?? "?"} ms`,
      );
    });
