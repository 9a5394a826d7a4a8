import { join } from "node:path";
import { repositoryFolder } from "../../environments/repository";

/** Compiles the bare service as the app's bundle is, so that neither starts with source. @returns its file */
export async function compileBare(folder: string): Promise<string> {
  const { build } = await import("esbuild");
  const outfile = join(folder, "bare.js");
  await build({
    absWorkingDir: repositoryFolder(),
    entryPoints: ["bench/stream-app/bare.ts"],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20.9",
    format: "cjs",
    minify: true,
    keepNames: true,
    legalComments: "none",
    logLevel: "silent",
  });
  return outfile;
}
