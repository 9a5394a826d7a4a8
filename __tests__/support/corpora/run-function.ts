import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import { loadEnvironment } from "../../../environments/load";
import { nodeBundle } from "../../../functions/bundle/node-bundle";
import type { Listed, Message, Work } from "./messages";

/** Of this test, below the repository, where the process finds sharp. */
export const workFolder = resolve(__dirname, "../../../.cache/tests/corpora");

/** Longer than production ever allows an image: a third of the call's time, and no more than 30 seconds. */
const silenceSeconds = 90;

/** What became of a run. */
export interface Run {
  /** How the process ended: "exit code 0", or the signal that ended it. */
  readonly end: string;
  /** Images under way when nothing had been heard for {@link silenceSeconds}. */
  readonly hanging: readonly string[];
  /** Images under way when the process ended. */
  readonly underWay: readonly string[];
  readonly finished: Extract<Message, { kind: "finished" }> | undefined;
  /** From the start of the process to its end. */
  readonly elapsedMilliseconds: number;
  /** Time in the processing, by the image's name. */
  readonly milliseconds: ReadonlyMap<string, number>;
  /** What the process wrote on standard error, but for the log's lines about refused images. */
  readonly errors: readonly string[];
}

const prod = loadEnvironment("prod");

/** Memory of the function in production, in MB. */
export const memoryMegabytes = prod.processing.memoryMegabytes;

/** Pictures made in production. */
export const renditions = prod.processing.renditions;

/** Version of the processing that the run claims to be; part of the keys. */
export const version = "0123456789ab";

/** Runs the images through the batch function with production's settings, in a process of its own. */
export async function runFunction(folder: string, items: readonly Listed[]): Promise<Run> {
  const child = fork(await compiled(), {
    env: environment(),
    execArgv: [],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  const { batchItems, timeoutSeconds } = prod.processing;
  const work: Work = { folder, items, batchItems, timeoutSeconds };
  try {
    const watched = watch(child);
    child.send(work);
    return await watched;
  } finally {
    child.kill("SIGKILL");
  }
}

async function watch(child: ChildProcess): Promise<Run> {
  const underWay = new Set<string>();
  const milliseconds = new Map<string, number>();
  let hanging: readonly string[] = [];
  let finished: Run["finished"];
  const since = performance.now();
  const errors: string[] = [];
  if (child.stderr !== null)
    createInterface({ input: child.stderr }).on("line", (line) => {
      if (!/^\{"level":"WARN","message":"image refused"/.test(line)) errors.push(line);
    });
  const silence = setTimeout(() => {
    hanging = [...underWay];
    child.kill("SIGKILL");
  }, silenceSeconds * 1000);
  child.on("message", (message: Message) => {
    silence.refresh();
    if (message.kind === "started") underWay.add(message.name);
    else if (message.kind === "finished") finished = message;
    else {
      underWay.delete(message.name);
      milliseconds.set(message.name, message.milliseconds);
    }
  });
  const [code, signal] = (await once(child, "close")) as [number | null, string | null];
  clearTimeout(silence);
  const elapsedMilliseconds = Math.round(performance.now() - since);
  const end = signal ?? `exit code ${code}`;
  return { end, hanging, underWay: [...underWay], finished, elapsedMilliseconds, milliseconds, errors };
}

/** Compiled as the function is, since a loader for TypeScript would count as the function's memory. */
async function compiled(): Promise<string> {
  mkdirSync(workFolder, { recursive: true });
  const outfile = join(workFolder, "function-process.js");
  await build({
    ...nodeBundle,
    entryPoints: [join(__dirname, "function-process.ts")],
    outfile,
    external: ["sharp"],
  });
  return outfile;
}

function environment(): NodeJS.ProcessEnv {
  const { limits } = prod.processing;
  return {
    ...(process.env.PATH && { PATH: process.env.PATH }),
    ENVIRONMENT: "prod",
    UPLOADS_BUCKET: "uploads",
    PROCESSED_BUCKET: "processed",
    QUARANTINE_BUCKET: "quarantine",
    PROCESSING: JSON.stringify({ limits, renditions }),
    PROCESSING_VERSION: version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMegabytes),
    AWS_REGION: prod.region,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  };
}
