import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { redactor } from "../redact/redact-text";
import { UserError } from "../user-error";
import type { TerraformBinary } from "./binary";
import { missingInDirectory } from "./missing-in-directory";
import type { ProviderSource } from "./provider-source";

/** Terraform and its provider source. */
export interface FoundTerraform {
  readonly binary: TerraformBinary;
  readonly source: ProviderSource;
}

/** Terraform, ready to be run. */
export interface Terraform extends FoundTerraform {
  /** Environment of its processes. */
  readonly env: NodeJS.ProcessEnv;
}

/** One run of Terraform. */
export interface TerraformRun {
  readonly args: readonly string[];
  /** Folder with the configuration. */
  readonly folder: string;
  /** `TF_DATA_DIR`: outside of the synthesized output, which every synth replaces. */
  readonly dataFolder: string;
  /** Name of the stack, for errors. */
  readonly stack: string;
  /** Exit codes that are no error. @default [0] */
  readonly goodCodes?: readonly number[];
  readonly onLine?: (line: string) => void;
  /** Interrupts Terraform, once: it then ends what it is doing and releases the state lock. */
  readonly signal?: AbortSignal | undefined;
}

/** Terraform ended with an error; the message holds the end of what it wrote, without secrets. */
export class TerraformError extends UserError {
  override readonly name = "TerraformError";
  constructor(
    message: string,
    readonly stack_: string,
    /** Everything Terraform wrote to its standard error, and the tail of its output, without secrets. */
    readonly output: string,
    readonly interrupted: boolean,
  ) {
    super(message);
  }
}

const tailLines = 40;
const running = new Set<{ kill(signal: NodeJS.Signals): boolean }>();
let watchingExit = false;

/**
 * Runs Terraform and returns its exit code and standard output.
 * @throws TerraformError when it ends with an exit code that is not among the good ones, or is interrupted.
 */
export async function runTerraform(
  terraform: Terraform,
  run: TerraformRun,
): Promise<{ readonly code: number; readonly stdout: string }> {
  const { args, folder, dataFolder, stack, goodCodes = [0], onLine = () => {}, signal } = run;
  const redact = redactor(terraform.env);
  const command = `terraform ${args[0]}`;
  if (signal?.aborted) throw new TerraformError(`${stack}: interrupted before ${command}.`, stack, "", true);
  // A process group of its own: Ctrl-C in a terminal reaches Terraform once, from here. Twice would make it give up
  // without releasing the state lock.
  const child = spawn(terraform.binary.path, [...args], {
    cwd: folder,
    env: { ...terraform.env, TF_DATA_DIR: dataFolder, TF_VAR_phase: phaseOf(args) },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  running.add(child);
  endWithThisProcess();
  const interrupt = () => child.kill("SIGINT");
  signal?.addEventListener("abort", interrupt, { once: true });
  const stdout: string[] = [];
  const stderr: string[] = [];
  const reading = [read(child.stdout, stdout, onLine), read(child.stderr, stderr, onLine)];
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on("error", (error) => reject(new UserError(`${stack}: ${command} can't be started: ${error.message}.`)));
      child.on("close", resolve);
    });
    await Promise.all(reading);
    if (code !== null && goodCodes.includes(code) && !signal?.aborted) return { code, stdout: stdout.join("\n") };
    const output = redact([...stdout.slice(-tailLines), ...stderr].join("\n"));
    const how = signal?.aborted ? "was interrupted" : code === null ? "was killed" : `failed with exit code ${code}`;
    const inOurWords = missingInDirectory([...stdout, ...stderr].join("\n"), folder).map((line) => `\n${redact(line)}`);
    throw new TerraformError(
      `${stack}: ${command} ${how}.${inOurWords.join("")}${tailOf(redact, stdout, stderr)}`,
      stack,
      output,
      signal?.aborted ?? false,
    );
  } finally {
    running.delete(child);
    signal?.removeEventListener("abort", interrupt);
  }
}

/**
 * Whether a command may change anything: by it a stack in another account chooses the role it takes (stacks/identity-stack.ts). Terraform
 * wants it said anew when it applies a plan, and knows no other way to apply with another role than was planned with.
 */
const phaseOf = ([command]: readonly string[]): "plan" | "apply" => (command === "apply" ? "apply" : "plan");

async function read(stream: Readable, lines: string[], onLine: (line: string) => void): Promise<void> {
  for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
    lines.push(line);
    onLine(line);
  }
}

/** The errors Terraform wrote, or where it wrote none, the end of its output. */
function tailOf(redact: (text: string) => string, stdout: readonly string[], stderr: readonly string[]): string {
  const lines = stderr.some((line) => line.trim() !== "") ? stderr : stdout;
  const tail = lines.slice(-tailLines).join("\n").trim();
  return tail === "" ? "" : `\n${redact(tail)}`;
}

/** Should this process end first, Terraform is interrupted too, so that no lock stays behind. */
function endWithThisProcess(): void {
  if (watchingExit) return;
  watchingExit = true;
  process.on("exit", () => {
    for (const child of running) child.kill("SIGINT");
  });
}
