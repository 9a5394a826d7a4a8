import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isRunning, startOf } from "../local/processes/process-identity";

/** Named by the process of the run, and when that was started. */
const ofRun = /^darkroom-tests-(\d+)-(\d*)$/;

/**
 * Gives the run one folder for all that is temporary, what libraries and commands leave there among it; `global-teardown.ts` removes it.
 * Those of runs that were killed go now. Names are short, for sockets lie in there: Linux allows them 107 characters.
 */
export default function setUp(): void {
  const place = tmpdir();
  for (const name of readdirSync(place)) {
    const [, pid, start] = ofRun.exec(name) ?? [];
    if (pid !== undefined && !isRunning(Number(pid), start))
      rmSync(join(place, name), { recursive: true, force: true });
  }
  const folder = join(place, `darkroom-tests-${process.pid}-${startOf(process.pid)}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  process.env.TMPDIR = folder;
}
