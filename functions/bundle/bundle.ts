import { createHash } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { checkArm64 } from "./check-binaries";
import { checkCode } from "./check-code";
import { compileCode, compileFunctions } from "./compile";
import { inputsHash, processingHash, sharpVersion } from "./inputs";
import { type BundleTarget, bundleFolder, descriptionPath, repository, zipPath } from "./paths";
import { type Bundle, type BundleDescription, readDescription } from "./read-bundle";
import { runtimePackages } from "./runtime-packages";
import { writeAtomically } from "./write-atomically";
import { deterministicZip } from "./zip";

/** Tells how far the build is, one line a call. */
export type Progress = (line: string) => void;

/**
 * Builds the functions for a target, unless the bundle of these very inputs is there.
 * @throws BundleError also when the engineers' code does not keep to the contract.
 */
export async function bundle(target: BundleTarget, progress: Progress, root = repository): Promise<Bundle> {
  const started = performance.now();
  const title = `bundle ${target.folder} ${target.architecture}`;
  const place = bundleFolder(target, root);
  const inputs = inputsHash(root, target);
  const built = readDescription(place);
  if (built?.inputs === inputs && existsSync(zipPath(place))) {
    progress(`${title}: up to date`);
    return { zipPath: zipPath(place), sha256: built.sha256, processing: built.processing };
  }
  progress(`${title}: compiling, installing sharp ${sharpVersion(root)} …`);
  const { zip, processing } = await build(root, target);
  const sha256 = createHash("sha256").update(zip).digest("base64");
  const description: BundleDescription = { sha256, processing, inputs };
  mkdirSync(place, { recursive: true });
  writeAtomically(zipPath(place), zip);
  writeAtomically(descriptionPath(place), `${JSON.stringify(description, undefined, 2)}\n`);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  progress(`${title}: ${(zip.length / 1e6).toFixed(1)} MB in ${seconds} s`);
  return { zipPath: zipPath(place), sha256, processing };
}

async function build(root: string, { folder, architecture }: BundleTarget) {
  const code = await compileCode(root, folder);
  const [functions, packages] = await Promise.all([
    compileFunctions(root, folder),
    runtimePackages(root, architecture),
    checkCode(root, `functions/${folder}/index.ts`, code.files["code.js"] ?? new Uint8Array()),
  ]);
  const files = { ...functions.files, ...packages };
  if (architecture === "arm64") checkArm64(files);
  return { zip: deterministicZip(files), processing: processingHash(root, code.inputs) };
}
