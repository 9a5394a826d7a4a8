import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isScalar, LineCounter, parseDocument } from "yaml";
import { BundleError } from "./bundle-error";
import { defaultCode } from "./paths";

/** Names of the folders below `functions/`: the default, and each that an environment file names. Sorted, default first. @throws BundleError naming each place in a file that names a folder without code. */
export function codeFolders(root: string): string[] {
  const named = environmentFiles(root).flatMap((file) => folderNamedBy(root, file));
  const faults = named.flatMap(({ place, folder }) => folderFaults(root, folder, place));
  if (faults.length > 0) throw new BundleError(faults.join("\n"));
  const others = new Set(named.map(({ folder }) => folder).filter((folder) => folder !== defaultCode));
  return [defaultCode, ...[...others].sort()];
}

/**
 * What keeps `functions/<folder>` from being bundled.
 * @param place - where it is named, for example `environments/dev.yaml: processing.code.folder`.
 */
export function folderFaults(root: string, folder: string, place: string): string[] {
  const path = `functions/${folder}`;
  const remedy = `Make it with npm run processing:new -- ${folder}, or name a folder that is there.`;
  if (!existsSync(join(root, path))) {
    return [`${place}: expected a folder with an index.ts, but there is no ${path}. ${remedy}`];
  }
  if (!existsSync(join(root, path, "index.ts"))) {
    return [
      `${place}: expected a folder with an index.ts, but ${path} has none. Add ${path}/index.ts, which exports contractVersion and process.`,
    ];
  }
  return [];
}

function environmentFiles(root: string): string[] {
  const folder = join(root, "environments");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(".yaml"))
    .sort()
    .map((file) => `environments/${file}`);
}

/** The rest of the file is of no interest here, and neither are names that npm run settings refuses. */
function folderNamedBy(root: string, file: string): { readonly folder: string; readonly place: string }[] {
  const lines = new LineCounter();
  const node = parseDocument(readFileSync(join(root, file), "utf8"), { lineCounter: lines }).getIn(
    ["processing", "code", "folder"],
    true,
  );
  if (!isScalar(node) || typeof node.value !== "string") return [];
  const [, folder] = /^functions\/([a-z][a-z0-9-]*)$/.exec(node.value) ?? [];
  if (folder === undefined) return [];
  const { line, col } = lines.linePos(node.range?.[0] ?? 0);
  return [{ folder, place: `${file}:${line}:${col} processing.code.folder` }];
}
