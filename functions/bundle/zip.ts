import { type Zippable, zipSync } from "fflate";

/** Zip stores local time without a zone; fflate reads it off this date in local time, so it is the same everywhere. */
const DATE = new Date(1980, 0, 2, 12, 0, 0);

/** -rw-r--r-- of a regular file, where zip keeps Unix's mode. Lambda runs the code as another user than the owner. */
const MODE = 0o100644 << 16;

const UNIX = 3;

/** A zip that depends on names and contents alone. */
export function deterministicZip(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const sorted = Object.keys(files).sort();
  const entries = sorted.map((name) => [name, [files[name] ?? new Uint8Array(), { level: 6 }]]);
  return zipSync(Object.fromEntries(entries) as Zippable, { mtime: DATE, os: UNIX, attrs: MODE });
}
