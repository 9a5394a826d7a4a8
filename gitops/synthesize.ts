import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { UserError } from "./user-error";

/**
 * Writes stacks as `npm run synth` does.
 * @param environments - whose; of all when there are none
 * @param stacks - what they are called when it fails
 * @returns the folder they are in.
 * @throws UserError when they could not be synthesized.
 */
export function synthesize(
  repository: string,
  environments: readonly string[],
  stacks = `The stacks of ${environments.join(", ")}`,
): string {
  const { status } = spawnSync(process.execPath, [join(repository, "gitops", "synth.mjs"), ...environments], {
    cwd: repository,
    stdio: ["ignore", process.stderr.fd, process.stderr.fd],
  });
  if (status !== 0) throw new UserError(`${stacks} could not be synthesized.`);
  return join(repository, "cdktf.out");
}
