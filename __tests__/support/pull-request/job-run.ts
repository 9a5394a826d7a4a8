import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/** How a step's line of shell ended. */
export interface StepRun {
  readonly job: string;
  readonly line: string;
  /** Undefined when it was killed. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

/** A line of shell that runs. */
export interface RunningLine {
  readonly pid: number;
  readonly ended: Promise<Omit<StepRun, "job">>;
}

/** Runs a line as GitHub runs the `run` of a step that names no shell. */
export function startLine(line: string, cwd: string, env: NodeJS.ProcessEnv): RunningLine {
  const begun = Date.now();
  const child = spawn("bash", ["-e", "-c", line], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
  const ended = new Promise<Omit<StepRun, "job">>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) =>
      resolve({
        line,
        code: code ?? undefined,
        stdout: Buffer.concat(stdout).toString(),
        stderr: Buffer.concat(stderr).toString(),
        seconds: (Date.now() - begun) / 1000,
      }),
    );
  });
  return { pid: child.pid ?? 0, ended };
}

/** `name=value` lines that steps have written to the file of their outputs. */
export const outputsIn = (file: string): Record<string, string> =>
  Object.fromEntries(
    readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => line.includes("="))
      .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
