import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Scripts of a package.json that is formatted as npm does it: one a line. */
const text = (npm: string): string => `#!/bin/sh
# npm run [--silent] <script> [--] [<argument>…] without npm's own start; everything else is npm's.
script() { sed -n "s/^    \\"$1\\": \\"\\(.*\\)\\",\\{0,1\\}$/\\1/p" package.json | sed '1!d; s/\\\\"/"/g'; }
if [ "$1" = run ] && [ "$2" = --silent ] && [ -n "$(script "$3")" ] && [ -z "$(script "pre$3")$(script "post$3")" ]; then
  name=$3
  line=$(script "$name")
  shift 3
  if [ "$1" = -- ]; then shift; fi
  PATH="$PWD/node_modules/.bin:$PATH" exec sh -c "$line \\"\\$@\\"" "$name" "$@"
fi
exec ${JSON.stringify(npm)} "$@"
`;

/**
 * Writes an `npm` for the jobs of a test: npm takes a quarter of a second of processor time to start, some fifty times in a test.
 * @returns the folder to put before the others in PATH
 */
export function writeNpmRun(folder: string): string {
  const bin = join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, "npm"), text(execFileSync("which", ["npm"], { encoding: "utf8" }).trim()));
  chmodSync(join(bin, "npm"), 0o755);
  return bin;
}
