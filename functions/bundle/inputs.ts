import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { BundleTarget } from "./paths";

/** Everything a bundle is made from, relative to the repository's root; the build refuses to read anything else. */
export const inputFolders = ["functions", "environments/settings"] as const;

const inputFiles = ["package-lock.json"] as const;

/** Hash of the files' names and contents: the same for the same files in any folder. */
function hashOf(root: string, paths: readonly string[], ...more: readonly string[]): string {
  const hash = createHash("sha256");
  for (const path of paths) {
    const content = readFileSync(join(root, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.update(more.join("\0")).digest("hex");
}

/** Files below `folder`, relative to `root`, sorted; editors' and npm's leftovers are no inputs. */
function filesBelow(root: string, folder: string): string[] {
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.parentPath.split("/").includes("node_modules"))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}

const inputsOf = (root: string): string[] => [
  ...inputFolders.flatMap((inputs) => filesBelow(root, inputs)),
  ...inputFiles,
];

/** Hash of all inputs of a target: equal hash, equal bundle. */
export function inputsHash(root: string, { folder, architecture }: BundleTarget): string {
  const host = architecture === "host" ? `${process.platform} ${process.arch}` : "";
  return hashOf(root, inputsOf(root), folder, architecture, host);
}

/** The same of the meter of GPUs, which is one for all targets. */
export const gpuMeterInputsHash = (root: string): string => hashOf(root, inputsOf(root), "gpu-meter");

/** Version of sharp that is installed beside the functions. */
export function sharpVersion(root: string): string {
  const runtime = JSON.parse(readFileSync(join(root, "functions/bundle/runtime/package.json"), "utf8"));
  return (runtime as { readonly dependencies: { readonly sharp: string } }).dependencies.sharp;
}

/**
 * First 12 hex digits of the hash of the engineers' code, of whatever it imports, and of the version of sharp.
 * @param inputs - every file that compiling the code alone read.
 */
export function processingHash(root: string, inputs: readonly string[]): string {
  return hashOf(root, inputs, sharpVersion(root)).slice(0, 12);
}
