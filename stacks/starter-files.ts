import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AssetType, TerraformAsset } from "cdktf";
import type { Construct } from "constructs";
import { repositoryFolder } from "../environments/repository";
import type { StarterFile } from "../modules/starter-notebooks";

const folder = () => join(repositoryFolder(), "notebooks");

/** What Studio runs at its start, but for its settings. */
export const startScript = (): string => readFileSync(join(folder(), "start.sh"), "utf8");

/** Notebooks, and the Python beside them; sorted, so that equal folders give equal stacks. */
export function starterPaths(): string[] {
  return readdirSync(folder(), { recursive: true, encoding: "utf8" })
    .filter((path) => /\.(ipynb|py)$/.test(path) && !/(^|\/)(\.|__pycache__)/.test(path))
    .sort();
}

/** The files that analysts start from, as assets of a stack. */
export function starterFiles(scope: Construct): StarterFile[] {
  return starterPaths().map((path) => {
    const file = join(folder(), path);
    const asset = new TerraformAsset(scope, `starter-${path.replaceAll(/[^\w-]/g, "-")}`, {
      path: file,
      type: AssetType.FILE,
    });
    return { path, source: asset.path, sha256: createHash("sha256").update(readFileSync(file)).digest("hex") };
  });
}
