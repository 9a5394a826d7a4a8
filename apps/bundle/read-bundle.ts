import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { BundleError } from "../../functions/bundle/bundle-error";
import { appBundleFolder, descriptionFile, repository, zipFile } from "./paths";

/** A web app as Beanstalk takes it. */
export interface AppBundle {
  /** Absolute path of the zip. */
  readonly zipPath: string;
  /** Of the zip, in hex: equal code, equal hash. The first digits make the version's label. */
  readonly sha256: string;
}

/** The bundle that was built last. @throws BundleError when there is none. */
export function readAppBundle(name: string, root = repository): AppBundle {
  const folder = appBundleFolder(name, root);
  const description = join(folder, descriptionFile);
  if (!existsSync(description)) throw new BundleError(`apps/${name} is not bundled. Run: npm run bundle`);
  const { sha256 } = JSON.parse(readFileSync(description, "utf8")) as { readonly sha256: string };
  return { zipPath: join(folder, zipFile), sha256 };
}
