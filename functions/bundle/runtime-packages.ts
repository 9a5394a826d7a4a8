import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { BundleError } from "./bundle-error";
import type { Architecture } from "./paths";

/** Without --libc npm takes the binary for musl as well (sharp documentation, "Cross-platform"). */
const targetFlags: Readonly<Record<Architecture, readonly string[]>> = {
  arm64: ["--os=linux", "--cpu=arm64", "--libc=glibc"],
  host: [],
};

/** What nothing reads at run time: sources of the native code, type declarations, headers. Licences stay. */
const unneeded =
  /^node_modules\/sharp\/(src|install)\/|\.d\.[cm]?ts$|\/include\/|^node_modules\/\.|^node_modules\/semver\/(bin\/|range\.bnf$)|^node_modules\/(?!@img\/sharp-libvips).*README\.md$/;

type Files = Readonly<Record<string, Uint8Array>>;

/** What has been installed already: bundles of several folders of code hold the same packages. */
const installed = new Map<string, Promise<Files>>();

/**
 * Installs sharp for a target by its own lock file, once a process.
 * @returns contents by path, below `node_modules/`
 * @throws BundleError when npm cannot.
 */
export function runtimePackages(root: string, architecture: Architecture): Promise<Files> {
  const key = `${architecture} ${root}`;
  const files = installed.get(key) ?? installAside(root, architecture);
  installed.set(key, files);
  return files;
}

/** Installs in a folder that is gone afterwards. */
async function installAside(root: string, architecture: Architecture): Promise<Files> {
  const folder = mkdtempSync(join(tmpdir(), "darkroom-bundle-"));
  try {
    for (const name of ["package.json", "package-lock.json", ".npmrc"]) {
      cpSync(join(root, "functions/bundle/runtime", name), join(folder, name));
    }
    await install(folder, targetFlags[architecture]);
    return filesOf(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function install(folder: string, flags: readonly string[]): Promise<void> {
  // sharp needs no install script where a prebuilt binary exists; none may run for another architecture.
  const parameters = ["ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--prefer-offline", ...flags];
  try {
    await promisify(execFile)("npm", parameters, { cwd: folder });
  } catch (error) {
    const output = String((error as { readonly stderr?: string }).stderr || error);
    const line = output.split("\n").find((text) => /^npm error (?!code)/.test(text)) ?? output.split("\n")[0];
    throw new BundleError(
      `npm ci of functions/bundle/runtime failed (${line?.replace("npm error ", "")}): it needs your npm registry or a filled npm cache`,
    );
  }
}

function filesOf(folder: string): Files {
  const files = readdirSync(join(folder, "node_modules"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => !unneeded.test(path));
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(folder, path))]));
}
