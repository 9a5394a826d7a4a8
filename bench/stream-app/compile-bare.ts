import { join } from "node:path";
import { repositoryFolder } from "../../environments/repository";
import { nodeBundle } from "../../functions/bundle/node-bundle";

/** Compiles the bare service as the app's bundle is, so that neither starts with source. @returns its file */
export async function compileBare(folder: string): Promise<string> {
  const { build } = await import("esbuild");
  const outfile = join(folder, "bare.js");
  await build({
    ...nodeBundle,
    absWorkingDir: repositoryFolder(),
    entryPoints: ["bench/stream-app/bare.ts"],
    outfile,
    minify: true,
    keepNames: true,
    legalComments: "none",
  });
  return outfile;
}
