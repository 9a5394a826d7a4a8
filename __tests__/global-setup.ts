import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isRunning, startOf } from "../local/processes/process-identity";

/** Named by the process of the run, and when that was started. */
const ofRun = /^darkroom-(\d+)-(\d*)$/;

/**
 * Gives the run one folder for all that is temporary, what libraries and commands leave there among it; `global-teardown.ts` removes it.
 * Those of runs that were killed go now. Its name is short, for sockets lie in there, whose paths have 103 characters at most on macOS.
 */
export default function setUp(): void {
  const place = tmpdir();
  for (const name of readdirSync(place)) {
    const [, pid, start] = ofRun.exec(name) ?? [];
    if (pid !== undefined && !isRunning(Number(pid), start)) remove(join(place, name));
  }
  const folder = join(place, `darkroom-${process.pid}-${startOf(process.pid)}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  process.env.TMPDIR = folder;
}

function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // It is another person's, who removes it with their own next run.
  }
}
