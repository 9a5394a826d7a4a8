import { readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { TerraformBinary } from "./binary";

/** What the search depends on besides the binary; tests give folders of their own. */
export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly home: string;
  /** Root of the file system. */
  readonly root: string;
}

/** The surroundings of this process. */
export const realSurroundings = (env: NodeJS.ProcessEnv = process.env): Surroundings => ({
  env,
  home: env.HOME || homedir(),
  root: "/",
});

/**
 * Terraform's implied local mirror directories.
 * Source: https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories
 */
export function impliedMirrors(binary: Pick<TerraformBinary, "platform" | "product">, at: Surroundings): string[] {
  const { env, home, root } = at;
  const [system] = binary.platform.split("_");
  if (system === "windows") {
    const appData = env.APPDATA ?? join(home, "AppData", "Roaming");
    return [join(appData, "terraform.d", "plugins"), join(appData, "HashiCorp", "Terraform", "plugins")];
  }
  const own = join(home, ".terraform.d", "plugins");
  if (system === "darwin") {
    const library = join("Library", "Application Support", "io.terraform", "plugins");
    return [own, join(home, library), join(root, library)];
  }
  // The XDG Base Directory specification: unset and empty mean the default.
  const dataHome = env.XDG_DATA_HOME || join(home, ".local", "share");
  const dataFolders = (env.XDG_DATA_DIRS || `${join(root, "usr/local/share")}:${join(root, "usr/share")}`).split(":");
  const names = binary.product === "tofu" ? ["opentofu", "terraform"] : ["terraform"];
  const shared = [dataHome, ...dataFolders].filter((folder) => folder !== "");
  return [own, ...shared.flatMap((folder) => names.map((name) => join(folder, name, "plugins")))];
}

/**
 * The directories of the Filesystem Hierarchy Standard where add-on software and shared data live: `/opt/<package>`
 * and one level below, and `/usr/local/share` and `/usr/share` with one level below.
 */
export function addOnFolders({ root }: Pick<Surroundings, "root">): string[] {
  const opt = foldersIn(join(root, "opt"));
  const share = ["usr/local/share", "usr/share"].map((folder) => join(root, folder));
  return [...opt, ...opt.flatMap(foldersIn), ...share, ...share.flatMap(foldersIn)];
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
      .map((entry) => join(folder, entry.name))
      .sort();
  } catch {
    return []; // absent, or not ours to read: nothing can be taken from there
  }
}
