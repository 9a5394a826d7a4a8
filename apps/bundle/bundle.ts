import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BundleError } from "../../functions/bundle/bundle-error";
import { deterministicZip } from "../../functions/bundle/zip";
import { beanstalkFiles } from "./beanstalk-files";
import { compileApp } from "./compile";
import { appBundleFolder, descriptionFile, repository, zipFile } from "./paths";
import type { AppBundle } from "./read-bundle";

/** Builds an app's bundle: the code in one file, the page's files, and what Beanstalk reads. @throws BundleError */
export async function bundleApp(name: string, root = repository): Promise<AppBundle> {
  const files = {
    "index.js": await compileApp(name, root),
    ...pageFiles(name, root),
    ...encoded(beanstalkFiles(name)),
  };
  const zip = deterministicZip(files);
  const sha256 = createHash("sha256").update(zip).digest("hex");
  const folder = appBundleFolder(name, root);
  mkdirSync(folder, { recursive: true });
  writeAtomically(join(folder, zipFile), zip);
  writeAtomically(join(folder, descriptionFile), `${JSON.stringify({ sha256 })}\n`);
  return { zipPath: join(folder, zipFile), sha256 };
}

/** The page's own files and those of all pages, in one folder. @throws BundleError when both have one of a name. */
function pageFiles(name: string, root: string): Record<string, Uint8Array> {
  const files: Record<string, Uint8Array> = {};
  for (const owner of [name, "common"]) {
    const folder = join(root, "apps", owner, "page");
    for (const file of existsSync(folder) ? readdirSync(folder).sort() : []) {
      const place = `page/${file}`;
      if (files[place] !== undefined) throw new BundleError(`apps/${name}/page/${file} is also in apps/common/page.`);
      files[place] = readFileSync(join(folder, file));
    }
  }
  return files;
}

const encoded = (files: Readonly<Record<string, string>>): Record<string, Uint8Array> =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)]));

/** A reader meets the old file or the new one, never half of it. */
function writeAtomically(path: string, content: Uint8Array | string): void {
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, content);
  renameSync(temporary, path);
}
