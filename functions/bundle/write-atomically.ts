import { renameSync, writeFileSync } from "node:fs";

/** A reader meets the old file or the new one, never half of it. */
export function writeAtomically(path: string, content: Uint8Array | string): void {
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, content);
  renameSync(temporary, path);
}
