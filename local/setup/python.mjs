import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { inputHash, isBuilt, markBuilt } from "./folders.mjs";
import { run } from "./run.mjs";

/** An environment of Python packages below `.cache`, from a list of requirements. */
const environmentOf = (root, title, name, list) => {
  const folder = join(root, ".cache", name);
  const requirements = join(root, "local", list);
  const python = join(folder, "bin/python");
  const hash = inputHash(readFileSync(requirements, "utf8"));
  return {
    title,
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

/** The Python environment of the local account: `.cache/python`, from `local/requirements.txt`. */
export const pythonEnvironment = (root) => environmentOf(root, "Python environment", "python", "requirements.txt");

/** The tools that check workflows, which only tests need: `.cache/workflow-checks`, from `local/requirements-test.txt`. */
export const workflowChecks = (root) =>
  environmentOf(root, "Checks of workflows", "workflow-checks", "requirements-test.txt");

/** checkov, by which `npm run policy` judges the stacks: `.cache/policy`, from `local/requirements-policy.txt`. */
export const policyChecks = (root) => environmentOf(root, "Policy checks", "policy", "requirements-policy.txt");

/** What the starter notebooks run on in tests: `.cache/notebooks`, from `local/requirements-notebooks.txt`. */
export const notebookEnvironment = (root) =>
  environmentOf(root, "Python of the notebooks", "notebooks", "requirements-notebooks.txt");
