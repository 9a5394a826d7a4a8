import type { Command } from "commander";
import { wholeNumber } from "../whole-number";
import { benchPlan } from "./bench";

interface Flags {
  readonly json?: boolean;
  readonly rounds: number;
  readonly oneSynth?: boolean;
}

/** Adds `plan` to the benches. */
export const addPlanBench = (command: Command): Command =>
  command
    .command("plan")
    .description(
      "From the push to the comment for all stacks of dev, staging and prod, against cdktf diff of the same stacks one after the other, on the emulated account.",
    )
    .option("--json", "print one JSON object: {seconds, ratio, cdktfSeconds, …}")
    .option("--rounds <count>", "measured rounds of each, in turn", wholeNumber(1), 3)
    .option("--one-synth", "measure cdktf diff also with a single synth for all stacks, once")
    .action(async ({ json, rounds, oneSynth = false }: Flags) => {
      const result = await benchPlan({ rounds, oneSynth }, (message) => console.error(message));
      const { seconds, cdktfSeconds, ratio, cdktfOneSynthSeconds, oneSetting, stacks } = result;
      const words = [
        `${stacks} stacks from push to comment: ${seconds.toFixed(1)} s; cdktf diff one after the other: ${cdktfSeconds.toFixed(1)} s, ${ratio.toFixed(1)} times as long`,
        ...(cdktfOneSynthSeconds === undefined
          ? []
          : [`with one synth for all of them: ${cdktfOneSynthSeconds.toFixed(1)} s`]),
        `one setting of prod, ${oneSetting.stacks} stacks: ${oneSetting.seconds.toFixed(1)} s (medians of ${result.rounds})`,
      ];
      console.log(json ? JSON.stringify(result) : words.join("\n"));
    });
