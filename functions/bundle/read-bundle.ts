import { existsSync, readFileSync } from "node:fs";
import { BundleError } from "./bundle-error";
import { type Architecture, bundleFolder, defaultCode, descriptionPath, zipPath } from "./paths";

/** A built bundle, as stacks deploy it. */
export interface Bundle {
  /** Absolute path of the zip. */
  readonly zipPath: string;
  /** Base64 of the zip's SHA-256, as Lambda's `source_code_hash` wants it. */
  readonly sha256: string;
  /** 12 hex digits that change with the engineers' code, with whatever it imports, or with sharp. */
  readonly processing: string;
}

/**
 * The bundle that `npm run bundle` wrote.
 * @param folder - name of the folder below `functions/` with the engineers' code.
 * @throws BundleError when there is none.
 */
export function readBundle(architecture: Architecture, folder = defaultCode, root?: string): Bundle {
  const place = bundleFolder({ folder, architecture }, root);
  const path = zipPath(place);
  const description = readDescription(place);
  if (description === undefined || !existsSync(path)) {
    throw new BundleError(
      `The bundle of functions/${folder} for ${architecture} is not built (${path}): run npm run bundle`,
    );
  }
  return { zipPath: path, sha256: description.sha256, processing: description.processing };
}

/** `bundle.json`: the bundle together with the hash of what it was built from. */
export interface BundleDescription extends Omit<Bundle, "zipPath"> {
  readonly inputs: string;
}

/** undefined when there is none, or it was not written to its end. */
export function readDescription<Description = BundleDescription>(place: string): Description | undefined {
  try {
    return JSON.parse(readFileSync(descriptionPath(place), "utf8")) as Description;
  } catch {
    return undefined;
  }
}
