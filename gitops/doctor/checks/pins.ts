import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { GeneralCheck } from "../check";
import { type Finding, fault, ok, unchecked } from "../finding";

const folder = ".github/workflows";
/** A commit, and the version it is beside it. */
const pinned = /uses:\s*[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+\s*$/;

/** Actions of the workflows: pinned to a commit, and to the same one everywhere. */
export const pins: GeneralCheck = {
  title: "pins of actions",
  look: async ({ root }): Promise<readonly Finding[]> => {
    const path = join(root, folder);
    if (!existsSync(path)) return [unchecked(`there is no ${folder}`)];
    const uses = readdirSync(path)
      .filter((file) => /\.ya?ml$/.test(file))
      .sort()
      .flatMap((file) => usesOf(`${folder}/${file}`, readFileSync(join(path, file), "utf8")));
    const first = new Map<string, Use>();
    for (const use of uses) if (!first.has(use.action)) first.set(use.action, use);
    const faults = uses.flatMap((use): Finding[] => {
      const { place, line, action, pin } = use;
      const other = first.get(action);
      if (!pinned.test(line)) {
        return [fault(`${place}: ${action} is not pinned to a commit`, `write ${action}@<40 hex digits> # v<version>`)];
      }
      if (other && other.pin !== pin) {
        return [fault(`${place}: ${action} is pinned to another commit than in ${other.place}`, `write ${other.pin}`)];
      }
      return [];
    });
    return faults.length > 0 ? faults : [ok(`all ${uses.length} uses of actions are pinned to commits`)];
  },
};

interface Use {
  /** `file:line` */
  readonly place: string;
  readonly line: string;
  readonly action: string;
  readonly pin: string;
}

const usesOf = (file: string, text: string): Use[] =>
  text.split("\n").flatMap((line, index) => {
    const [, action, pin = ""] = /^\s*(?:- )?uses:\s*([^@\s]+)@?(.*)$/.exec(line) ?? [];
    // An action of this repository is what is checked out.
    if (action === undefined || action.startsWith("./")) return [];
    return [{ place: `${file}:${index + 1}`, line, action, pin: pin.trim() }];
  });
