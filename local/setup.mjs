// Makes everything that `npm start` and `npm test` need, and does nothing when it is there. Runs before node_modules
// exists, so it and all of local/setup/ use nothing but Node itself.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "./setup/chromium.mjs";
import { corpora } from "./setup/corpora.mjs";
import { kafkaJars } from "./setup/kafka.mjs";
import { waitForTurn } from "./setup/lock.mjs";
import { functionBundles, npmPackages } from "./setup/npm.mjs";
import { photographs } from "./setup/photographs.mjs";
import { missingPrerequisites } from "./setup/prerequisites.mjs";
import { Progress } from "./setup/progress.mjs";
import { notebookEnvironment, policyChecks, pythonEnvironment, workflowChecks } from "./setup/python.mjs";
import { endTools } from "./setup/run.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Chains of steps: within a chain each needs the one before it, the chains do not know of each other. */
const setUp = async (progress, purpose) => {
  const inTurn = async (...steps) => {
    for (const step of steps) await progress.carryOut(step);
  };
  if (purpose === "policy") {
    return faultsOf(
      await Promise.allSettled([inTurn(npmPackages(root), functionBundles(root)), inTurn(policyChecks(root))]),
    );
  }
  const browser = purpose === "test" ? [chromium(root)] : [];
  const node = inTurn(npmPackages(root), functionBundles(root), ...browser);
  const tests =
    purpose === "test" ? [[workflowChecks(root), policyChecks(root), corpora(root)], [notebookEnvironment(root)]] : [];
  const python = progress
    .carryOut(pythonEnvironment(root))
    .then(() =>
      Promise.allSettled([
        inTurn(kafkaJars(root)),
        inTurn(photographs(root)),
        ...tests.map((steps) => inTurn(...steps)),
      ]),
    );
  const [ofNode, ofPython] = await Promise.allSettled([node, python]);
  return faultsOf([ofNode, ...(ofPython.status === "fulfilled" ? ofPython.value : [ofPython])]);
};

const faultsOf = (results) => results.filter(({ status }) => status === "rejected").map(({ reason }) => reason.message);

const main = async () => {
  const missing = await missingPrerequisites();
  if (missing.length > 0) return missing;
  const done = await waitForTurn(join(root, ".cache/setup.lock"));
  const purpose = process.argv[2] ?? "start";
  const progress = new Progress(purpose);
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ])
    process.once(signal, () => {
      endTools();
      progress.end();
      done();
      process.exit(code);
    });
  try {
    return await setUp(progress, purpose);
  } finally {
    progress.end();
    done();
  }
};

const faults = await main().catch((error) => [`Set-up failed: ${error.message}`]);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
