import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The repository's folder, also when this code runs from a bundle in a cache folder: the nearest one above with cdktf.json. */
export function repositoryFolder(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "cdktf.json"))) return folder;
    if (folder === dirname(folder))
      throw new Error(`No folder above ${__dirname} has a cdktf.json. Run this in the repository.`);
  }
}
