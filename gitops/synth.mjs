// `npm run synth [-- <environment>…]`: bundles main.ts, which takes a fraction of what compiling each file at import takes, and runs it here.
import { mkdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const names = process.argv.slice(2);
if (names.some((name) => name === "--help" || name === "-h")) {
  console.log(
    "npm run synth [-- <environment>…]\n\nWrites the stacks of the named environments, or of all, to cdktf.out.",
  );
  process.exit(0);
}
const started = performance.now();
const bundle = join(root, ".cache", "synth", `main-${process.pid}.cjs`);
mkdirSync(dirname(bundle), { recursive: true });
buildSync({
  entryPoints: [join(root, "main.ts")],
  outfile: bundle,
  bundle: true,
  packages: "external",
  platform: "node",
  target: "node20",
  format: "cjs",
  logLevel: "warning",
});
try {
  createRequire(import.meta.url)(bundle);
} finally {
  rmSync(bundle);
}
if (!process.exitCode) {
  console.log(
    `Synthesized ${names.join(", ") || "all environments"} in ${((performance.now() - started) / 1000).toFixed(1)} s`,
  );
}
