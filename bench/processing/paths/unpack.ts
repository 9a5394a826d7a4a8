import { execFile } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { unzipSync } from "fflate";
import { readBundle } from "../../../functions/bundle/read-bundle";

/**
 * Builds this computer's bundle and unpacks it, as Lambda does.
 * @returns the folder
 */
export async function unpackBundle(root: string): Promise<string> {
  await promisify(execFile)("npm", ["run", "--silent", "bundle"], { cwd: root });
  const folder = join(root, ".cache", "bench", "bundle");
  await rm(folder, { recursive: true, force: true });
  const files = unzipSync(new Uint8Array(await readFile(readBundle("host").zipPath)));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}
