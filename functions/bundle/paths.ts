import { join, resolve } from "node:path";

/** arm64: for AWS. host: for this computer, where the local account runs the functions. */
export type Architecture = "arm64" | "host";

/** Name of the folder below `functions/` with the default processing. */
export const defaultCode = "processing";

/** What one bundle is made of and for. */
export interface BundleTarget {
  /** Name of the folder below `functions/` with the engineers' code. */
  readonly folder: string;
  readonly architecture: Architecture;
}

/** The repository's root. */
export const repository = resolve(__dirname, "../..");

/** Where all bundles lie; not in version control. */
export const bundlesFolder = (root = repository): string => join(root, ".cache", "functions");

/** Where a target's bundle lies. */
export const bundleFolder = ({ folder, architecture }: BundleTarget, root = repository): string =>
  join(bundlesFolder(root), `${folder}-${architecture}`);

export const zipPath = (folder: string): string => join(folder, "image-functions.zip");

/** Where the meter of GPUs lies: one for all machines, beside the bundles, none of which ends so. */
export const gpuMeterFolder = (root = repository): string => join(bundlesFolder(root), "gpu-meter");

/** The meter of GPUs: a zip of its own, which no change of the image functions and their packages changes. */
export const gpuMeterZipPath = (folder: string): string => join(folder, "gpu-meter.zip");

export const descriptionPath = (folder: string): string => join(folder, "bundle.json");
