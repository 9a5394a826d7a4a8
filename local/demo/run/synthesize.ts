import { execFile } from "node:child_process";
import { join } from "node:path";
import { UserError } from "../../../gitops/user-error";

/**
 * Synthesizes the local environment's stacks, as `npm run synth -- local` does.
 * @throws UserError with what the synthesis wrote
 */
export function synthesize(root: string, outFolder: string, signal: AbortSignal): Promise<void> {
  const env = { ...process.env, CDKTF_OUTDIR: outFolder };
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [join(root, "gitops/synth.mjs"), "local"],
      { cwd: root, env, signal },
      (error, out, err) => {
        if (error === null) resolve();
        else
          reject(
            new UserError(`The stacks of local could not be synthesized.\n${(err || out || error.message).trim()}`),
          );
      },
    );
  });
}
