import { type LeafChange, pathOf } from "../leaf-changes";
import { counted, type Words } from "./words";

/** Disks of Studio's spaces, and what becomes of the home file system when the domain goes. */
export function studioWords({ path, before, after }: LeafChange, environment: string): Words[] | undefined {
  const setting = pathOf(path);
  if (setting === "analytics.homeFiles") return homeFiles(environment, before, after);
  if (typeof before !== "number" || typeof after !== "number") return undefined;
  const change = `${counted(after, "gigabyte")} instead of ${before.toLocaleString("en-US")}`;
  if (setting === "analytics.spaces.defaultGigabytes") {
    return [{ words: `A new space in ${environment} has a disk of ${change}. Spaces that are there keep theirs.` }];
  }
  if (setting !== "analytics.spaces.maximumGigabytes") return undefined;
  const words = `A space in ${environment} may have a disk of up to ${change}.`;
  if (after < before) return [{ words: `${words} Larger disks that are there stay.` }];
  return [{ words: `${words} A disk is billed while its space exists.`, gate: "rights-widened" }];
}

/** Nothing goes when this is applied, and everything later, when nobody thinks of it: so it is held here already. */
function homeFiles(environment: string, before: unknown, after: unknown): Words[] | undefined {
  if (before === "keep" && after === "delete") {
    return [
      {
        words: `When the Studio domain of ${environment} goes, the home file system goes with it from now on, with all that people keep there, for good.`,
        gate: "retention-shortened",
      },
    ];
  }
  if (before !== "delete" || after !== "keep") return undefined;
  const stays = `When the Studio domain of ${environment} goes, people's home file system stays from now on`;
  return [{ words: `${stays}; it is billed until somebody deletes it.` }];
}
