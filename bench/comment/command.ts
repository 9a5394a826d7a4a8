import { type Command, InvalidArgumentError } from "commander";
import { benchComment } from "./bench";

const wholeNumber = (least: number) => (text: string) => {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least) return value;
  throw new InvalidArgumentError(`Expected a whole number, ${least} or more, but got "${text}".`);
};

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
