import { Command } from "commander";
import { benchSynth } from "./synth";

const command = new Command("bench").description(
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

void command.parseAsync();
