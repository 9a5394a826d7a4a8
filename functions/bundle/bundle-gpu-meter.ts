import { createHash } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { compileGpuMeter } from "./compile";
import { gpuMeterInputsHash } from "./inputs";
import { descriptionPath, gpuMeterFolder, gpuMeterZipPath } from "./paths";
import { readDescription } from "./read-bundle";
import type { GpuMeterDescription } from "./read-gpu-meter";
import { writeAtomically } from "./write-atomically";
import { deterministicZip } from "./zip";

/**
 * Builds the meter of GPUs, unless that of these very inputs is there: once for all machines and all folders of code, since it is plain
 * JavaScript and runs none of the engineers'.
 * @returns whether it was built.
 * @throws BundleError when it does not compile.
 */
export async function bundleGpuMeter(root: string): Promise<boolean> {
  const place = gpuMeterFolder(root);
  const inputs = gpuMeterInputsHash(root);
  if (readDescription<GpuMeterDescription>(place)?.inputs === inputs && existsSync(gpuMeterZipPath(place)))
    return false;
  const { files } = await compileGpuMeter(root);
  const zip = deterministicZip(files);
  const description: GpuMeterDescription = { sha256: createHash("sha256").update(zip).digest("base64"), inputs };
  mkdirSync(place, { recursive: true });
  writeAtomically(gpuMeterZipPath(place), zip);
  writeAtomically(descriptionPath(place), `${JSON.stringify(description, undefined, 2)}\n`);
  return true;
}
