import { BundleError } from "../../functions/bundle/bundle-error";
import { nodeBundle } from "../../functions/bundle/node-bundle";

/** What an app may be made of, beside packages: itself, what both share, and the contract of messages. */
const allowed = (name: string): string[] => [
  `apps/${name}/`,
  "apps/common/",
  "functions/producer/",
  "functions/common/",
];

/**
 * Compiles an app into one file, packages included, which depends on the files' contents alone.
 * @throws BundleError when it does not compile, or imports from elsewhere.
 */
export async function compileApp(name: string, root: string): Promise<Uint8Array> {
  const { build } = await import("esbuild");
  const { outputFiles, metafile } = await build({
    ...nodeBundle,
    absWorkingDir: root,
    entryPoints: { index: `apps/${name}/index.ts` },
    outdir: "out",
    write: false,
    minify: true,
    // Errors in the log keep their functions' names.
    keepNames: true,
    sourcemap: false,
    legalComments: "none",
    metafile: true,
  }).catch((error: unknown) => {
    throw new BundleError(`apps/${name} does not compile: ${error instanceof Error ? error.message : String(error)}`);
  });
  const own = Object.keys(metafile.inputs).filter((path) => !path.includes("node_modules/"));
  const strange = own.filter((path) => !allowed(name).some((folder) => path.startsWith(folder))).sort();
  if (strange.length > 0) {
    throw new BundleError(
      `apps/${name} may import from ${allowed(name).join(", ")} only, but it imports ${strange.join(", ")}`,
    );
  }
  const [file] = outputFiles;
  if (file === undefined) throw new BundleError(`apps/${name} compiled to nothing.`);
  return file.contents;
}
