import { join } from "node:path";
import { build } from "esbuild";
import { bindCode } from "../../functions/bundle/bind-code";
import { nodeBundle } from "../../functions/bundle/node-bundle";
import { UserError } from "../../gitops/user-error";

/**
 * Compiles the process that runs the code of `functions/<folder>` into `outfile`, with the lines of the sources in its stack traces.
 * @throws UserError with what the compiler says.
 */
export async function compileWatched(root: string, folder: string, outfile: string): Promise<void> {
  try {
    await build({
      ...nodeBundle,
      absWorkingDir: root,
      entryPoints: [join(__dirname, "child.ts")],
      outfile,
      sourcemap: "inline",
      // sharp is found from the outfile, which lies within the repository.
      external: ["sharp"],
      plugins: [bindCode(root, `functions/${folder}`)],
    });
  } catch (error) {
    throw new UserError(`It does not compile. ${error instanceof Error ? error.message : String(error)}`);
  }
}
