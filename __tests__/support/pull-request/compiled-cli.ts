import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { build, type Plugin } from "esbuild";
import { repositoryFolder } from "../../../environments/repository";

/** The compiled file's name in the cache of a job. */
export const compiledCli = "gitops-cli.cjs";

/** `gitops/cli.cjs` of a tree: runs the compiled commands as if they lay in the checkout. */
const cliStarter = `globalThis.checkout = require("node:path").join(__dirname, "..");
require("../.cache/${compiledCli}");
`;

/** Has the package.json of a tree start the compiled commands. @throws Error when nothing of it starts others */
export function startCompiled(folder: string): void {
  const file = join(folder, "package.json");
  const before = readFileSync(file, "utf8");
  const after = before.replaceAll("tsx gitops/cli.ts", "node gitops/cli.cjs");
  if (after === before) throw new Error("package.json is not as the tests expect it: nothing was replaced.");
  writeFileSync(file, after);
  writeFileSync(join(folder, "gitops", "cli.cjs"), cliStarter);
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
  const { outputFiles } = await build({
    ...{ entryPoints: [join(repositoryFolder(), "gitops", "cli.ts")], bundle: true, write: false, minify: true },
    ...{ platform: "node", target: "node20", format: "cjs", plugins: [placed] },
  });
  writeFileSync(join(cache, compiledCli), outputFiles[0]?.contents ?? "");
}
