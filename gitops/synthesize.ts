import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { UserError } from "./user-error";

/**
 * Writes the stacks of an environment as `npm run synth` does.
 * @returns the folder they are in.
 * @throws UserError when they could not be synthesized.
 */
export function synthesize(environment: string, repository: string): string {
  const { status } = spawnSync(process.execPath, [join(repository, "gitops", "synth.mjs"), environment], {
    cwd: repository,
    stdio: ["ignore", process.stderr.fd, process.stderr.fd],
  });
  if (status !== 0) throw new UserError(`The stacks of ${environment} could not be synthesized.`);
  return join(repository, "cdktf.out");
}
