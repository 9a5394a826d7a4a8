import { Command } from "commander";
import { SettingsError } from "../../environments/faults/settings-error";
import { repositoryFolder } from "../../environments/repository";
import { messageOf, UserError } from "../user-error";
import { environmentsAt, environmentsNow } from "./environment-versions";
import { settingChanges } from "./setting-changes";

interface Flags {
  readonly base: string;
  readonly json?: true;
}

/** `npm run settings-diff`: what changed in environments/ since a commit, in plain words. */
async function settingsDiff(names: readonly string[], { base, json }: Flags): Promise<void> {
  const now = new Date();
  const [before, after] = [await environmentsAt(base, repositoryFolder()), environmentsNow(now)];
  const all = [...new Set([...after.keys(), ...before.keys()])].sort();
  const unknown = names.filter((name) => !all.includes(name));
  if (unknown.length > 0) {
    throw new UserError(`Expected environments out of ${all.join(", ")}, but got ${unknown.join(", ")}.`);
  }
  const changes = (names.length > 0 ? names : all).flatMap((name) =>
    settingChanges(before.get(name), after.get(name), now),
  );
  if (json) console.log(JSON.stringify({ base, changes }, null, 2));
  else if (changes.length === 0) console.log(`No setting differs from ${base}.`);
  else for (const { words, gate } of changes) console.log(`${gate === undefined ? " " : "!"} ${words}`);
}

new Command("npm run settings-diff --")
  .description("Says in plain words what changed in environments/ since a commit.")
  .argument("[environments...]", "for example prod; all when left out")
  .option("--base <commit>", "the commit to compare with", "origin/main")
  .option("--json", "print one JSON object instead of text")
  .addHelpText(
    "after",
    "\nLines with ! need a code owner's look: less retention, wider rights, a new way to the internet, an environment that is gone.\nExit codes: 0 told, 1 error.",
  )
  .action(settingsDiff)
  .parseAsync()
  .catch((error: unknown) => {
    console.error(error instanceof UserError || error instanceof SettingsError ? messageOf(error) : error);
    process.exitCode = 1;
  });
