import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import list from "../../../local/corpora.json";

const cache = resolve(__dirname, "../../../.cache/corpora");

/** One of `local/corpora.json`. */
export type Corpus = (typeof list)[number];

export const corpora: readonly Corpus[] = list;

/** One file that is put through. */
export interface CorpusFile {
  /** `<corpus>/<path>`. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Every file of the corpus, in the order of their names. */
export function filesOf({ name, version, folders }: Corpus): CorpusFile[] {
  const folder = join(cache, `${name}-${version}`);
  const paths = folders.flatMap((part) =>
    readdirSync(join(folder, part), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)),
  );
  return paths.sort().map((path) => ({ name: `${name}/${path}`, bytes: readFileSync(join(folder, path)) }));
}
