import type { Command } from "commander";
import { wholeNumber } from "../whole-number";
import { benchComment } from "./bench";

/** Adds `comment` to the benches. */
export const addCommentBench = (command: Command): Command =>
  command
    .command("comment")
    .description("From a real plan of many changes, as terraform show -json writes it, to the text of the comment.")
    .option("--json", "print one JSON object: {seconds, readSeconds, renderSeconds, characters, …}")
    .option("--changes <count>", "changes of the plan", wholeNumber(10), 10_000)
    .option("--rounds <count>", "measured rounds", wholeNumber(1), 5)
    .action(async (options: { readonly json?: boolean; readonly changes: number; readonly rounds: number }) => {
      const result = await benchComment(options.changes, options.rounds, (message) => console.error(message));
      const { changes, seconds, firstSeconds, planMegabytes, characters } = result;
      const words = `${changes.toLocaleString("en")} changes (${planMegabytes.toFixed(0)} MB) in ${seconds.toFixed(2)} s, the first time ${firstSeconds.toFixed(2)} s: a comment of ${characters.toLocaleString("en")} characters`;
      console.log(options.json ? JSON.stringify(result) : words);
    });
