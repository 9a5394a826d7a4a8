import { BundleError } from "./bundle-error";
import { inputFolders } from "./inputs";

/**
 * Bundles the two functions, the AWS SDK included, as Lambda's own copy may be of any age. sharp stays outside: its
 * native binary is installed beside them.
 * @returns contents by file name
 * @throws BundleError when the code reads files outside of what the cache looks at.
 */
export async function compile(root: string): Promise<Record<string, Uint8Array>> {
  // Loaded only when there is something to build: a bundle that is up to date is answered sooner.
  const { build } = await import("esbuild");
  const result = await build({
    absWorkingDir: root,
    entryPoints: { stream: "functions/stream/index.ts", batch: "functions/batch/index.ts" },
    outdir: "out",
    write: false,
    bundle: true,
    platform: "node",
    // Node of Lambda is newer; local accounts run on the oldest Node this repository supports.
    target: "node20.9",
    format: "cjs",
    minify: true,
    // Given here, or esbuild would read tsconfig.json, which the cache does not look at.
    tsconfigRaw: { compilerOptions: { strict: true } },
    sourcemap: false,
    legalComments: "none",
    external: ["sharp"],
    metafile: true,
    logLevel: "silent",
  }).catch((error: unknown) => {
    throw new BundleError(`The functions do not compile: ${error instanceof Error ? error.message : String(error)}`);
  });
  const known = ["node_modules", ...inputFolders].map((folder) => `${folder}/`);
  const strange = Object.keys(result.metafile.inputs).filter(
    (path) => !path.includes("node_modules/") && !known.some((folder) => path.startsWith(folder)),
  );
  if (strange.length > 0) {
    throw new BundleError(
      `Functions may import from ${inputFolders.join(" and ")} only, but they import ${strange.join(", ")}`,
    );
  }
  return Object.fromEntries(result.outputFiles.map(({ path, contents }) => [path.replace(/^.*[\\/]/, ""), contents]));
}
