import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Of the major version that the functions have on Lambda (`nodejs22.x`). */
const version = "22.23.3";

/** A Node to run what is measured with. */
export interface MeasuredNode {
  /** The program. */
  readonly command: string;
  /** `v22.23.3`. */
  readonly version: string;
}

/**
 * Node as Lambda has it, installed by npm for the bench alone: the functions run on it, and the programs on sharp that they are
 * compared with. Newer than the one of the computer or not, V8 is then the one that users meet.
 * @returns the Node that runs this process, where npm has none for this computer
 */
export async function lambdaNode(root: string, progress: (message: string) => void): Promise<MeasuredNode> {
  const name = `node-${process.platform}-${process.arch}`;
  const folder = join(root, ".cache", "bench", `node-${version}`);
  const command = join(folder, "node_modules", name, "bin", "node");
  if (!existsSync(command)) {
    progress(`Installing Node ${version}`);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "package.json"), '{ "private": true }\n');
    const install = ["install", "--ignore-scripts", "--no-package-lock", "--no-audit", `${name}@${version}`];
    await run("npm", install, { cwd: folder }).catch(({ stderr }) =>
      progress(`npm has no ${name}@${version}: ${process.version} is taken instead. ${String(stderr).split("\n")[0]}`),
    );
  }
  return existsSync(command)
    ? { command, version: `v${version}` }
    : { command: process.execPath, version: process.version };
}
