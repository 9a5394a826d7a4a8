import { join, resolve } from "node:path";

/** arm64: for AWS. host: for this computer, where the local account runs the functions. */
export type Architecture = "arm64" | "host";

/** The repository's root. */
export const repository = resolve(__dirname, "../..");

/** Where a target's bundle lies; the folder is not in version control. */
export const bundleFolder = (architecture: Architecture, root = repository): string =>
  join(root, ".cache", "functions", architecture);

export const zipPath = (folder: string): string => join(folder, "image-functions.zip");

export const descriptionPath = (folder: string): string => join(folder, "bundle.json");
