import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { checkArm64 } from "./check-binaries";
import { compile } from "./compile";
import { inputsHash, processingHash, sharpVersion } from "./inputs";
import { type Architecture, bundleFolder, descriptionPath, repository, zipPath } from "./paths";
import { type Bundle, type BundleDescription, readDescription } from "./read-bundle";
import { runtimePackages } from "./runtime-packages";
import { deterministicZip } from "./zip";

/** Tells how far the build is, one line a call. */
export type Progress = (line: string) => void;

/**
 * Builds the functions for a target, unless the bundle of these very inputs is there.
 * @throws BundleError
 */
export async function bundle(architecture: Architecture, progress: Progress, root = repository): Promise<Bundle> {
  const started = performance.now();
  const folder = bundleFolder(architecture, root);
  const inputs = inputsHash(root, architecture);
  const built = readDescription(folder);
  if (built?.inputs === inputs && existsSync(zipPath(folder))) {
    progress(`bundle ${architecture}: up to date`);
    return { zipPath: zipPath(folder), sha256: built.sha256, processing: built.processing };
  }
  progress(`bundle ${architecture}: compiling, installing sharp ${sharpVersion(root)} …`);
  const zip = await build(root, architecture);
  const description: BundleDescription = {
    sha256: createHash("sha256").update(zip).digest("base64"),
    processing: processingHash(root),
    inputs,
  };
  mkdirSync(folder, { recursive: true });
  writeAtomically(zipPath(folder), zip);
  writeAtomically(descriptionPath(folder), `${JSON.stringify(description, undefined, 2)}\n`);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  progress(`bundle ${architecture}: ${(zip.length / 1e6).toFixed(1)} MB in ${seconds} s`);
  return { zipPath: zipPath(folder), sha256: description.sha256, processing: description.processing };
}

async function build(root: string, architecture: Architecture): Promise<Uint8Array> {
  const [code, packages] = await Promise.all([compile(root), runtimePackages(root, architecture)]);
  const files = { ...code, ...packages };
  if (architecture === "arm64") checkArm64(files);
  return deterministicZip(files);
}

/** A reader meets the old file or the new one, never half of it. */
function writeAtomically(path: string, content: Uint8Array | string): void {
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, content);
  renameSync(temporary, path);
}
