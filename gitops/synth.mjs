// `npm run synth [-- <environment>…]`: main.ts from two bundles, which load in a fraction of the time of thousands of files. The
// libraries' bundle is made once for a lock file and a list of imports, the repository's own (small and quick) every time.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import Module, { createRequire, isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Script } from "node:vm";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cache = join(root, ".cache", "synth");
const { help, json, names } = given();
if (help) {
  console.log(
    `Usage: npm run synth -- [options] [environments...]

Writes the stacks of the named environments, or of all, to cdktf.out.

Options:
  --json      write one JSON object to standard output: folder, stacks, seconds
  -h, --help  display help for command

Exit codes: 0 written, 1 error.`,
  );
  process.exit(0);
}
// What main.ts takes for names.
process.argv.splice(2, process.argv.length, ...names);
const started = performance.now();
const common = { bundle: true, platform: "node", target: "node20", format: "cjs", logLevel: "warning", write: false };

function given() {
  const options = { help: { type: "boolean", short: "h" }, json: { type: "boolean" } };
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    return { ...values, names: positionals };
  } catch (error) {
    console.error(`error: ${error.message.split(". ")[0].replace(/^U/, "u")}`);
    process.exit(1);
  }
}

/** cdktf notes a whole stack trace for each of thousands of tokens; only its own error texts ever show one. */
const noCreationTraces = {
  name: "no-creation-traces",
  setup: ({ onLoad }) =>
    onLoad({ filter: /cdktf[\\/]lib[\\/]tokens[\\/]private[\\/]stack-trace\.js$/ }, () => ({
      contents: "exports.captureStackTrace = () => [];",
    })),
};

async function bundleApp() {
  const options = {
    ...common,
    entryPoints: [join(root, "main.ts")],
    outfile: "main.cjs",
    packages: "external",
    metafile: true,
  };
  const { outputFiles, metafile } = await build(options);
  const imports = metafile.outputs[Object.keys(metafile.outputs)[0]].imports;
  const libraries = imports.map(({ path }) => path).filter((path) => !isBuiltin(path));
  return { code: outputFiles[0].text, libraries: [...new Set(libraries)].sort() };
}

async function bundleLibraries(libraries) {
  const lock = readFileSync(join(root, "package-lock.json"));
  const key = createHash("sha256")
    .update(lock)
    .update(JSON.stringify(libraries))
    .update(noCreationTraces.setup.toString());
  const file = join(cache, `libraries-${key.digest("hex").slice(0, 16)}.cjs`);
  if (existsSync(file)) return file;
  const loaders = libraries.map((name) => `${JSON.stringify(name)}: () => require(${JSON.stringify(name)}),`);
  const stdin = { contents: `module.exports = {${loaders.join("\n")}};`, resolveDir: root };
  const { outputFiles } = await build({ ...common, stdin, minify: true, plugins: [noCreationTraces] });
  writeFileSync(`${file}.${process.pid}`, outputFiles[0].text);
  renameSync(`${file}.${process.pid}`, file);
  return file;
}

/** Runs the code of a module as Node would, and returns what it exports. */
function run(script, file, require) {
  const module = { exports: {} };
  script.runInThisContext().call(module.exports, module.exports, require, module, file, dirname(file));
  return module.exports;
}

/** Runs the libraries' bundle with what V8 made of it the last time, which it takes for the same text alone. */
function loadLibraries(file) {
  const kept = `${file}.v8`;
  const cachedData = existsSync(kept) ? readFileSync(kept) : undefined;
  const script = new Script(Module.wrap(readFileSync(file, "utf8")), { filename: file, cachedData });
  const keep = () => {
    if (cachedData !== undefined && !script.cachedDataRejected) return;
    writeFileSync(`${kept}.${process.pid}`, script.createCachedData());
    renameSync(`${kept}.${process.pid}`, kept);
  };
  return { libraries: run(script, file, createRequire(file)), keep };
}

mkdirSync(cache, { recursive: true });
const { code, libraries: imported } = await bundleApp();
const { libraries, keep } = loadLibraries(await bundleLibraries(imported));
const load = createRequire(join(cache, "main.cjs"));
const app = new Script(Module.wrap(code), { filename: join(cache, "main.cjs") });
run(app, join(cache, "main.cjs"), (name) => (Object.hasOwn(libraries, name) ? libraries[name]() : load(name)));
if (!process.exitCode) {
  keep();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (json) {
    const folder = process.env.CDKTF_OUTDIR ?? join(root, "cdktf.out");
    const stacks = Object.keys(JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")).stacks).sort();
    console.log(JSON.stringify({ folder, stacks, seconds: Number(seconds) }));
  } else console.log(`Synthesized ${names.join(", ") || "all environments"} in ${seconds} s`);
}
