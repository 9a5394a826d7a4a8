import type { BuildOptions, Metafile } from "esbuild";
import { bindCode } from "./bind-code";
import { BundleError } from "./bundle-error";
import { inputFolders } from "./inputs";
import { leaveOut, neverLoaded } from "./leave-out";
import { nodeBundle } from "./node-bundle";
import { defaultCode } from "./paths";

/** What a deployed function starts with, by the name of its file in the bundle. */
const entryPoints = {
  stream: "functions/stream/index.ts",
  batch: "functions/batch/index.ts",
  report: "functions/report/index.ts",
};

const gpuMeterEntry = { "gpu-meter": "functions/gpu-meter/index.ts" };

/** What a compilation gives. */
export interface Compiled {
  /** Contents by file name. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** Every file that was read, relative to the root, sorted. */
  readonly inputs: readonly string[];
}

/**
 * Bundles the functions around the code of `functions/<folder>`, the AWS SDK included, as Lambda's own copy may be of
 * any age. sharp stays outside: its native binary is installed beside them.
 * @throws BundleError when the code reads files outside of what the cache looks at.
 */
export const compileFunctions = (root: string, folder: string): Promise<Compiled> => compile(root, entryPoints, folder);

/** The engineers' code alone, as `code.js`. @throws BundleError as {@link compileFunctions} does. */
export const compileCode = (root: string, folder: string): Promise<Compiled> =>
  compile(root, { code: `functions/${folder}/index.ts` }, folder);

/** The meter of GPUs, which runs none of the engineers' code. @throws BundleError as {@link compileFunctions} does. */
export const compileGpuMeter = (root: string): Promise<Compiled> =>
  // As ES modules, of which esbuild takes what is used: all of SageMaker's client would be more than the rest together.
  compile(root, gpuMeterEntry, defaultCode, { mainFields: ["module", "main"] });

async function compile(
  root: string,
  entries: Readonly<Record<string, string>>,
  folder: string,
  more: Pick<BuildOptions, "mainFields"> = {},
): Promise<Compiled> {
  // Loaded only when there is something to build: a bundle that is up to date is answered sooner.
  const { build } = await import("esbuild");
  const result = await build({
    ...nodeBundle,
    absWorkingDir: root,
    entryPoints: entries,
    outdir: "out",
    write: false,
    minify: true,
    sourcemap: false,
    legalComments: "none",
    external: ["sharp", neverLoaded],
    metafile: true,
    ...more,
    plugins: [bindCode(root, `functions/${folder}`), leaveOut(root)],
  }).catch((error: unknown) => {
    throw new BundleError(`The functions do not compile: ${error instanceof Error ? error.message : String(error)}`);
  });
  const files = result.outputFiles.map(({ path, contents }) => [path.replace(/^.*[\\/]/, ""), contents]);
  return { files: Object.fromEntries(files), inputs: knownInputs(result.metafile) };
}

function knownInputs({ inputs }: Metafile): string[] {
  const paths = Object.keys(inputs).sort();
  const known = ["node_modules", ...inputFolders].map((folder) => `${folder}/`);
  const strange = paths.filter(
    (path) => !path.includes("node_modules/") && !known.some((folder) => path.startsWith(folder)),
  );
  if (strange.length === 0) return paths;
  throw new BundleError(
    `Functions may import from ${inputFolders.join(" and ")} only, but they import ${strange.join(", ")}`,
  );
}
