import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { build, type Plugin } from "esbuild";
import { repositoryFolder } from "../../../environments/repository";

/** The compiled file's name in the cache of a job; beside it lies what V8 has made of it. */
export const compiledCli = "gitops-cli.cjs";
export const compiledCode = `${compiledCli}.v8`;

/** Runs the compiled commands as if they lay in a checkout, with what V8 has made of them; keeps that when it is told to. */
const starter = (checkout: string, file: string): string => `globalThis.checkout = ${checkout};
const { existsSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { wrap } = require("node:module");
const file = ${file}, code = file + ".v8", keep = code + process.pid;
const cachedData = existsSync(code) ? readFileSync(code) : undefined;
const script = new (require("node:vm").Script)(wrap(readFileSync(file, "utf8")), { filename: file, cachedData });
if (process.env.KEEP_COMPILED)
  process.on("exit", () => {
    writeFileSync(keep, script.createCachedData());
    renameSync(keep, code);
  });
script.runInThisContext()(exports, require, module, file, require("node:path").dirname(file));
`;

/** Has the package.json of a tree start the compiled commands. @throws Error when nothing of it starts others */
export function startCompiled(folder: string): void {
  const file = join(folder, "package.json");
  const before = readFileSync(file, "utf8");
  const after = before.replaceAll("tsx gitops/cli.ts", "node gitops/cli.cjs");
  if (after === before) throw new Error("package.json is not as the tests expect it: nothing was replaced.");
  writeFileSync(file, after);
  const checkout = 'require("node:path").join(__dirname, "..")';
  writeFileSync(join(folder, "gitops", "cli.cjs"), starter(checkout, `${checkout} + "/.cache/${compiledCli}"`));
}

/** Where a file of the repository thinks it is: at its place in the checkout that runs it. */
const placed: Plugin = {
  name: "placed",
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      const folder = JSON.stringify(relative(repositoryFolder(), dirname(path)));
      if (!text.includes("__dirname")) return undefined;
      return {
        contents: `const __dirname = require("node:path").join(globalThis.checkout, ${folder}); ${text}`,
        loader: "ts",
      };
    }),
};

/**
 * Compiles the commands of `gitops/cli.ts` once for all jobs of a test: tsx takes two seconds of processor time to start them, and
 * a pull request's life starts them dozens of times.
 */
export async function compileCli(cache: string): Promise<void> {
  const started = await compiledGitops();
  for (const name of [compiledCli, compiledCode])
    writeFileSync(join(cache, name), readFileSync(join(started, "..", name)));
}

/**
 * Compiles the commands of `gitops/cli.ts` as they are now, or takes what another test has compiled of the same.
 * @returns the file that starts them, in this repository
 */
export async function compiledGitops(): Promise<string> {
  const root = repositoryFolder();
  const { outputFiles } = await build({
    ...{ entryPoints: [join(root, "gitops", "cli.ts")], bundle: true, write: false, minify: true },
    ...{ platform: "node", target: "node20", format: "cjs", plugins: [placed] },
  });
  const code = outputFiles[0]?.contents ?? "";
  const hash = createHash("sha256").update(code).digest("hex").slice(0, 16);
  const folder = join(root, ".cache", "tests", `gitops-${hash}`);
  const start = join(folder, "start.cjs");
  if (existsSync(join(folder, compiledCode))) return start;
  mkdirSync(folder, { recursive: true });
  const put = (name: string, text: string | Uint8Array) => {
    writeFileSync(join(folder, `${name}.${process.pid}`), text);
    renameSync(join(folder, `${name}.${process.pid}`), join(folder, name));
  };
  put(compiledCli, code);
  put("start.cjs", starter(JSON.stringify(root), `__dirname + "/${compiledCli}"`));
  const env = { ...process.env, KEEP_COMPILED: "1" };
  const { status, stderr } = spawnSync(process.execPath, [start, "--help"], { cwd: root, env, encoding: "utf8" });
  if (status !== 0) throw new Error(`The compiled commands don't start:\n${stderr}`);
  return start;
}
