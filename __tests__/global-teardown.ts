import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname } from "node:path";

/** Removes what `global-setup.ts` has made. */
export default function tearDown(): void {
  const folder = tmpdir();
  if (!/^darkroom-\D*\d+-\d*$/.test(basename(folder))) throw new Error(`${folder} is not the folder of this run.`);
  // Another run may follow in this process: jest --watch.
  process.env.TMPDIR = dirname(folder);
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  } catch {
    // A process that a failed test has left still writes there. The next run removes it.
  }
}
