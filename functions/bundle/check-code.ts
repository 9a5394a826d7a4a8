import { spawn } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { codeFaults, type ExportedCode } from "../contract/image-code";
import { BundleError } from "./bundle-error";
import { bundlesFolder } from "./paths";

/** Longest time the code may take to load, in seconds. */
const LOAD_SECONDS = 20;

/** Tells what a file exports: functions cannot travel between processes, so a word stands for `process`. */
const script = `
const { contractVersion, process: code } = require(process.argv[1]);
process.send({ contractVersion, processType: typeof code }, () => process.exit(0));`;

let checks = 0;

/** GitHub sets it in jobs that may take a role in AWS, which whatever runs there can take, too. */
const mayTakeRole = (): boolean => process.env.ACTIONS_ID_TOKEN_REQUEST_URL !== undefined;

/**
 * Loads compiled code in a process of its own, and holds what it exports against the contract. Not where a role may be taken: a pull
 * request's check has loaded it, in a job without.
 * @param file - path of the folder's index.ts, for messages.
 * @throws BundleError naming the file, what was expected, what came and what to do.
 */
export async function checkCode(root: string, file: string, code: Uint8Array): Promise<void> {
  if (mayTakeRole()) return;
  mkdirSync(bundlesFolder(root), { recursive: true });
  // Within the repository, so that it finds sharp.
  const compiled = join(bundlesFolder(root), `check-${process.pid}-${++checks}.cjs`);
  writeFileSync(compiled, code);
  try {
    const faults = codeFaults(await load(compiled, file), file);
    if (faults.length > 0) throw new BundleError(faults.join("\n"));
  } finally {
    rmSync(compiled, { force: true });
  }
}

function load(compiled: string, file: string): Promise<ExportedCode> {
  const child = spawn(process.execPath, ["-e", script, compiled], { stdio: ["ignore", "ignore", "pipe", "ipc"] });
  let exported: ExportedCode | undefined;
  let errors = "";
  let late = false;
  child.on("message", (message) => {
    exported = message as ExportedCode;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const limit = setTimeout(() => {
    late = true;
    child.kill("SIGKILL");
  }, LOAD_SECONDS * 1000);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exit) => {
      clearTimeout(limit);
      if (exported !== undefined) return resolve(exported);
      const why = late
        ? `it did not load within ${LOAD_SECONDS} s`
        : (errorLine(errors) ?? `it ended with exit code ${exit}`);
      reject(
        new BundleError(
          `${file}: expected code that loads, but ${why}. Whatever runs outside of functions runs at once.`,
        ),
      );
    });
  });
}

/** The line of Node's report on an uncaught error that says what it was. */
const errorLine = (report: string): string | undefined =>
  report.split("\n").find((line) => /^\w*(Error|Exception)\b/.test(line));
