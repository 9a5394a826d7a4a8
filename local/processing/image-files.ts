import { createHash } from "node:crypto";
import { readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { UserError } from "../../gitops/user-error";

/** Images shown at most: more would not be looked at. */
export const MOST_IMAGES = 200;

/** A file of the watched folder. */
export interface ImageFile {
  readonly path: string;
  /** Relative to the folder. */
  readonly file: string;
  readonly id: string;
  readonly sizeBytes: number;
  /** Changes when the file does. */
  readonly stamp: string;
}

/** Every file below `folder` in the order of names, but for hidden ones. @throws UserError when there is no such folder. */
export function imageFiles(folder: string): ImageFile[] {
  return filesBelow(folder, "Give a folder of images.").map(({ path, sizeBytes, stamp }) => {
    const file = relative(folder, path);
    const id = createHash("sha256").update(file).digest("hex").slice(0, 32);
    return { path, file, id, sizeBytes, stamp };
  });
}

/** A text that changes when a file below one of the folders, or one of the files, does. */
export function stampOf(places: readonly string[]): string {
  return places.flatMap((place) => filesBelow(place, "").map(({ path, stamp }) => `${path} ${stamp}`)).join("\n");
}

function filesBelow(place: string, remedy: string): { path: string; sizeBytes: number; stamp: string }[] {
  const top = statSync(place, { throwIfNoEntry: false });
  if (top === undefined || (remedy !== "" && !top.isDirectory())) {
    throw new UserError(`Expected a folder, but ${place} is none. ${remedy}`.trim());
  }
  if (!top.isDirectory()) return [{ path: place, sizeBytes: top.size, stamp: `${top.mtimeMs} ${top.size}` }];
  const hidden = /(^|\/)(\.|node_modules(\/|$))/;
  return readdirSync(place, { recursive: true, encoding: "utf8" })
    .filter((name) => !hidden.test(name))
    .sort()
    .flatMap((name) => {
      const path = join(place, name);
      const found = statSync(path, { throwIfNoEntry: false });
      // It may be gone since it was listed.
      return found?.isFile() ? [{ path, sizeBytes: found.size, stamp: `${found.mtimeMs} ${found.size}` }] : [];
    });
}
