import { existsSync } from "node:fs";
import { BundleError } from "./bundle-error";
import { gpuMeterFolder, gpuMeterZipPath } from "./paths";
import { type Bundle, readDescription } from "./read-bundle";

/** What a function of its own is deployed from. */
export type GpuMeterBundle = Pick<Bundle, "zipPath" | "sha256">;

/**
 * The meter of GPUs that `npm run bundle` wrote.
 * @throws BundleError when there is none.
 */
export function readGpuMeter(root?: string): GpuMeterBundle {
  const place = gpuMeterFolder(root);
  const path = gpuMeterZipPath(place);
  const description = readDescription<GpuMeterDescription>(place);
  if (description === undefined || !existsSync(path)) {
    throw new BundleError(`The meter of GPUs is not built (${path}): run npm run bundle`);
  }
  return { zipPath: path, sha256: description.sha256 };
}

/** `bundle.json` beside the meter's zip. */
export interface GpuMeterDescription extends Pick<Bundle, "sha256"> {
  /** Hash of what it was built from. */
  readonly inputs: string;
}
