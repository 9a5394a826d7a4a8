import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Short hash of what a step is made from; a changed input builds the step anew. */
export const inputHash = (...inputs) => createHash("sha256").update(JSON.stringify(inputs)).digest("hex").slice(0, 16);

const markerOf = (folder) => join(folder, ".inputs");

/** Whether `folder` was built to its end from these inputs. A folder without a marker is half-made. */
export const isBuilt = (folder, hash) => {
  const marker = markerOf(folder);
  return existsSync(marker) && readFileSync(marker, "utf8") === hash;
};

/** Marks `folder` as built from these inputs; the marker appears whole or not at all. */
export const markBuilt = (folder, hash) => {
  const marker = markerOf(folder);
  writeFileSync(`${marker}.new`, hash);
  renameSync(`${marker}.new`, marker);
};

/** Lets `fill` build in a folder beside `folder`, then puts it in the place of `folder`. */
export const buildBeside = async (folder, hash, fill) => {
  const fresh = `${folder}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  await fill(fresh);
  markBuilt(fresh, hash);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  renameSync(fresh, folder);
};
