import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { inputHash, isBuilt, markBuilt } from "./folders.mjs";
import { run } from "./run.mjs";

/** The Python environment of the local account: `.cache/python`, from `local/requirements.txt`. */
export const pythonEnvironment = (root) => {
  const folder = join(root, ".cache/python");
  const requirements = join(root, "local/requirements.txt");
  const python = join(folder, "bin/python");
  const hash = inputHash(readFileSync(requirements, "utf8"));
  return {
    title: "Python environment",
    // The interpreter is a link to the computer's own Python, which an upgrade of the system may have taken away.
    current: () => isBuilt(folder, hash) && existsSync(python),
    build: async () => {
      // A venv holds its own path, so it is built in its place; only its marker says that it is whole.
      rmSync(folder, { recursive: true, force: true });
      await run("python3", ["-m", "venv", folder]);
      await run(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements]);
      markBuilt(folder, hash);
    },
  };
};
