import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../user-error";

/**
 * What checkov reports of the stacks below a folder, as JSON text. It asks nothing of any network, and reads no
 * configuration but these arguments: a `.checkov.yaml` in the home or working folder could switch rules off.
 * @param root - of the repository, in whose `.cache` set-up has installed it
 * @param work - a folder of its own, with the stacks in `stacks/`
 * @throws UserError when it is not installed, or fails
 */
export async function runCheckov(root: string, work: string): Promise<string> {
  const python = join(root, ".cache", "policy", "bin", "python");
  const home = join(work, "home");
  mkdirSync(home, { recursive: true });
  const flags = ["--framework", "terraform_json", "--skip-download", "--soft-fail", "--output", "json"];
  const env = { PATH: process.env.PATH, HOME: home, LOG_LEVEL: "ERROR", PYTHONUTF8: "1" };
  return new Promise((resolve, reject) => {
    execFile(
      python,
      ["-I", "-m", "checkov.main", "--directory", join(work, "stacks"), ...flags],
      { cwd: home, env, maxBuffer: 2 ** 29 },
      (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else if (error.code === "ENOENT") {
          reject(new UserError("checkov is not installed: run `node local/setup.mjs policy`."));
        } else reject(new UserError(`checkov failed: ${stderr.trim().split("\n").at(-1) || error.message}`));
      },
    );
  });
}
