import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { repositoryFolder } from "../../../environments/repository";
import { startCompiled } from "./compiled-cli";
import type { SmallLayer } from "./small-stacks";

/** What the repository of a test consists of. */
export interface TreeOptions {
  /** Settings files that it keeps. */
  readonly environments: readonly string[];
  /** `real`: the bootstrap stack and the data stack as they are. Else small stacks of these layers. */
  readonly stacks: "real" | readonly SmallLayer[];
}

/** What a synth needs, and what is told by its commit; the commands come compiled. Each job checks it out. */
const wanted =
  /^(?!__tests__\/|docs\/|bench\/|examples\/|local\/|operations\/|gitops\/)|^gitops\/synth\.mjs$|^__tests__\/support\/pull-request\/small-stacks\.ts$/;

/** Writes the files of this repository, with fewer stacks, to a folder. */
export function writeTree(folder: string, { environments, stacks }: TreeOptions): void {
  const root = repositoryFolder();
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  });
  for (const file of listed
    .split("\0")
    .filter((name) => name !== "" && wanted.test(name) && existsSync(join(root, name)))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(root, file), join(folder, file));
  }
  const change = (file: string, edit: (text: string) => string): void => {
    const before = readFileSync(join(folder, file), "utf8");
    const after = edit(before);
    if (after === before) throw new Error(`${file} is not as the harness expects it: nothing was replaced.`);
    writeFileSync(join(folder, file), after);
  };
  for (const name of ["dev", "staging", "prod"].filter((each) => !environments.includes(each))) {
    rmSync(join(folder, "environments", `${name}.yaml`));
  }
  // node_modules is a link here, which a pattern with a slash does not fit.
  change(".gitignore", (text) => text.replace("node_modules/", "node_modules").replace(".cache/", ".cache"));
  startCompiled(folder);
  // No stack of these trees holds a function or a web app.
  change("package.json", (text) => text.replace(/"bundle": ".*"/, '"bundle": "true"'));
  if (stacks === "real") {
    change("stacks/build.ts", (text) =>
      text.replace(/ {2}const data = new DataStack[\s\S]*?\n}/, "  new DataStack(app, environment);\n}"),
    );
    return;
  }
  change(
    "stacks/build.ts",
    () => `import type { Environment } from "../environments/schema";
import { synthSmall } from "../__tests__/support/pull-request/small-stacks";

export const synthEnvironments = (environments: readonly Environment[], outFolder: string): void =>
  synthSmall(environments, outFolder, ${JSON.stringify(stacks)});
`,
  );
}
