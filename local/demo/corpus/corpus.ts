import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import sharp from "sharp";
import { UserError } from "../../../gitops/user-error";
import type { CorpusItem, MadeFile, Source } from "./item";
import { type CorpusSettings, makeFiles } from "./make";
import { decodePhotographs, photographFiles } from "./photographs";

export interface BuildCorpusOptions {
  /** Folder that holds the photographs. */
  readonly photographsFolder: string;
  /** Folder for finished corpora, one folder each, named by the hash of what it was made from. */
  readonly cacheFolder: string;
  readonly settings: CorpusSettings;
  /** Told how many files there are so far. */
  readonly onProgress?: (made: number) => void;
  /** Ends the building; nothing is left of it. */
  readonly signal?: AbortSignal;
}

/**
 * The demonstration's files: at least `picturesPerSource` of each source, every one different, made from the
 * photographs; taken from the cache when nothing they are made from has changed.
 * @throws UserError when there are no photographs; the signal's reason when it ends the building
 */
export async function buildCorpus(options: BuildCorpusOptions): Promise<CorpusItem[]> {
  const photographs = photographFiles(options.photographsFolder);
  const folder = join(options.cacheFolder, inputHash(photographs, options.settings));
  if (!existsSync(join(folder, "index.json"))) {
    // Made aside and renamed, so that a build that was stopped is never taken for a finished one.
    const aside = `${folder}.${process.pid}`;
    await make(aside, folder, photographs, options).finally(() => rm(aside, { recursive: true, force: true }));
  }
  const items = JSON.parse(await readFile(join(folder, "index.json"), "utf8")) as Omit<CorpusItem, "path">[];
  return items.map((item) => ({ ...item, path: join(folder, fileName(item.id, item.name)) }));
}

async function make(
  aside: string,
  folder: string,
  photographs: readonly string[],
  options: BuildCorpusOptions,
): Promise<void> {
  await rm(aside, { recursive: true, force: true });
  await mkdir(aside, { recursive: true });
  const decoded = await decodePhotographs(photographs);
  const items: Omit<CorpusItem, "path">[] = [];
  for (const source of ["stream", "upload"] as const) {
    await makeFiles(source, decoded, options.settings, async (index, file) => {
      options.signal?.throwIfAborted();
      const item = describe(source, index, file);
      await writeFile(join(aside, fileName(item.id, item.name)), file.bytes);
      items.push(item);
      options.onProgress?.(items.length);
    });
  }
  items.sort((one, other) => one.id.localeCompare(other.id, "en"));
  mustDiffer(items);
  await writeFile(join(aside, "index.json"), JSON.stringify(items, null, 1));
  await rm(folder, { recursive: true, force: true });
  await rename(aside, folder);
}

function describe(source: Source, index: number, { bytes, ...file }: MadeFile): Omit<CorpusItem, "path"> {
  const id = `${source}-${String(index).padStart(3, "0")}`;
  const hashOf = (algorithm: string) => createHash(algorithm).update(bytes).digest("hex");
  return { id, source, ...file, sizeBytes: bytes.length, sha256: hashOf("sha256"), md5: hashOf("md5") };
}

/** Where the bytes lie: never under the item's own name, which may try to leave the folder. */
const fileName = (id: string, name: string): string => `${id}${extname(name).replace(/[^.a-z]/g, "")}`;

function mustDiffer(items: readonly Omit<CorpusItem, "path">[]): void {
  const first = new Map<string, string>();
  for (const { id, sha256 } of items) {
    const same = first.get(sha256);
    if (same !== undefined) throw new UserError(`The corpus holds the same file twice: ${same} and ${id}`);
    first.set(sha256, id);
  }
}

/** Changes whenever the files would: photographs, settings, this folder's code, the encoders. */
function inputHash(photographs: readonly string[], settings: CorpusSettings): string {
  const hash = createHash("sha256").update(JSON.stringify([settings, sharp.versions]));
  const code = readdirSync(__dirname)
    .sort()
    .map((name) => join(__dirname, name));
  for (const file of [...code, ...photographs])
    hash.update(file.slice(file.lastIndexOf("/"))).update(readFileSync(file));
  return hash.digest("hex").slice(0, 16);
}
