import { Command } from "commander";
import { addCommentBench } from "./comment/command";
import { benchPending } from "./pending";
import { addPlanBench } from "./plan/command";
import { addProcessingBench } from "./processing/command";
import { addStreamAppBench } from "./stream-app/command";
import { benchSynth } from "./synth";

const command = new Command("npm run bench --").description(
  "Measures Darkroom side by side with what its users would use instead.",
);

command
  .command("synth")
  .description("npm run synth against cdktf's stock template (ts-node, provider barrel) on the same stacks.")
  .option("--json", "print one JSON object: {seconds, ratio, stockSeconds, runs}")
  .option("--runs <count>", "measured runs of each, in turn", "3")
  .action(async ({ json, runs }: { json?: boolean; runs: string }) => {
    const count = Number(runs);
    if (!Number.isInteger(count) || count < 1) {
      return command.error(`--runs: expected a whole number, 1 or more, but got "${runs}".`);
    }
    const result = await benchSynth(count, (message) => console.error(message));
    console.log(
      json
        ? JSON.stringify(result)
        : `synth ${result.seconds.toFixed(2)} s, stock template ${result.stockSeconds.toFixed(2)} s: ${result.ratio.toFixed(1)} times as fast (medians of ${count})`,
    );
  });

command
  .command("pending")
  .description("Memory while pending keys are listed and dispatched, from an S3 and a Lambda that cost nothing.")
  .option("--json", "print one JSON object: {keys, dispatched, seconds, peakMegabytes, growthMegabytes, …}")
  .option("--keys <count>", "pending keys", "1000000")
  .action(async ({ json, keys }: { json?: boolean; keys: string }) => {
    const count = Number(keys);
    if (!Number.isInteger(count) || count < 1000) {
      return command.error(`--keys: expected a whole number, 1000 or more, but got "${keys}".`);
    }
    const result = await benchPending(count, (message) => console.error(message));
    const { dispatched, seconds, peakMegabytes, growthMegabytes } = result;
    console.log(
      json
        ? JSON.stringify(result)
        : `${dispatched.toLocaleString("en")} keys listed and dispatched in ${seconds} s, at most ${peakMegabytes} MB, ${growthMegabytes} MB more at the end than after a tenth`,
    );
  });

addPlanBench(command);
addCommentBench(command);
addProcessingBench(command);
addStreamAppBench(command);

// The SDK's notice about the Node versions of its future releases is for those who choose its version.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
void command.parseAsync();
