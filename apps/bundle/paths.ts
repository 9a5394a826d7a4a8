import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";

/** The repository's root. */
export const repository = resolve(__dirname, "../..");

/** Folders below `apps/` that are a web app each: they start with `index.ts`. */
export const webApps = (root = repository): string[] =>
  readdirSync(join(root, "apps"))
    .filter((name) => existsSync(join(root, "apps", name, "index.ts")))
    .sort();

/** Where an app's bundle lies; not in version control. */
export const appBundleFolder = (name: string, root = repository): string => join(root, ".cache", "apps", name);

export const zipFile = "app.zip";
export const descriptionFile = "bundle.json";
