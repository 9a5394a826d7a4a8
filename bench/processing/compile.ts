import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { nodeBundle } from "../../functions/bundle/node-bundle";

/** What runs as a process of its own. */
export const nodeContenders = [
  "darkroom",
  "sharp-script",
  "sharp-clone",
  "sharp-decode-once",
  "dynamic-image-transformation",
] as const;

export type NodeContender = (typeof nodeContenders)[number];

/**
 * Compiles the contenders' and the function host's programs: run by a TypeScript loader, its memory and start would count
 * against them.
 * @returns where they are
 */
export async function compilePrograms(root: string): Promise<(name: NodeContender | "function-host") => string> {
  const folder = join(root, ".cache", "bench", "processing");
  await mkdir(folder, { recursive: true });
  const sources = Object.fromEntries(nodeContenders.map((name) => [name, `bench/processing/contenders/${name}.ts`]));
  await build({
    ...nodeBundle,
    absWorkingDir: root,
    entryPoints: { ...sources, "function-host": "bench/processing/paths/function-host.ts" },
    outdir: folder,
    minify: true,
    external: ["sharp"],
  });
  return (name) => join(folder, `${name}.js`);
}
