import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Where Terraform has put the providers of a workspace: `providers/<host>/<namespace>/<type>/<version>/<platform>`; a link may lead nowhere by now. */
export const packageFolders = (dataFolder: string): string[] => below(join(dataFolder, "providers"), 5);

const below = (folder: string, depth: number): string[] =>
  depth === 0
    ? [folder]
    : !existsSync(folder)
      ? []
      : readdirSync(folder).flatMap((name) => below(join(folder, name), depth - 1));
