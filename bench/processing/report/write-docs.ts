import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ProcessingBench } from "../result";
import { withFigures } from "./document";
import { plot } from "./plot";
import { rounded } from "./rounded";

/** Writes a run into docs: bench.json, and from it bench.svg and the tables of bench.md. */
export async function writeDocs(root: string, bench: ProcessingBench): Promise<void> {
  const docs = join(root, "docs");
  const kept = rounded(bench);
  const text = withFigures(await readFile(join(docs, "bench.md"), "utf8"), kept);
  await writeFile(join(docs, "bench.json"), `${JSON.stringify(kept, null, 2)}\n`);
  await writeFile(join(docs, "bench.svg"), plot(kept));
  await writeFile(join(docs, "bench.md"), text);
}
