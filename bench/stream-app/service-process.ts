import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { freePort } from "../../local/processes/ports";

/** A contender that runs. */
export interface ServiceProcess {
  readonly url: string;
  /** Processor time it has used so far, in seconds; undefined where the system does not tell. */
  cpuSeconds(): number | undefined;
  stop(): Promise<void>;
}

/** Linux counts in ticks of a hundredth of a second (proc(5), "stat"; `getconf CLK_TCK`). */
const ticksPerSecond = 100;
const readySeconds = 30;

/** Starts a compiled service and resolves when it is ready. @throws Error with what it wrote, when it is not */
export async function startService(file: string, variables: Readonly<Record<string, string>>): Promise<ServiceProcess> {
  const port = await freePort();
  const child = spawn(process.execPath, [file], {
    env: { PATH: process.env.PATH, PORT: String(port), ...variables },
    // The app writes a line for each request; a log on a disk is part of what it costs, reading it here is not.
    stdio: ["ignore", "ignore", "pipe"],
  });
  const said: Buffer[] = [];
  child.stderr.on("data", (chunk: Buffer) => said.push(chunk));
  const url = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + readySeconds * 1000;
  while (!(await isReady(url))) {
    if (child.exitCode === null && Date.now() < deadline) continue;
    child.kill("SIGKILL");
    throw new Error(`${file} did not start: ${Buffer.concat(said).toString("utf8")}`);
  }
  return { url, cpuSeconds: () => cpuSecondsOf(child), stop: () => end(child) };
}

const isReady = async (url: string): Promise<boolean> => {
  const answer = await fetch(`${url}/ready`).catch(() => undefined);
  if (answer?.ok) return true;
  await new Promise((resolve) => setTimeout(resolve, 50));
  return false;
};

async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}

function cpuSecondsOf({ pid }: ChildProcess): number | undefined {
  if (process.platform !== "linux") return undefined;
  // The name, second, may hold spaces; user and system time are the 12th and 13th after it.
  const [user, system] = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /, "")
    .split(" ")
    .slice(11, 13);
  return (Number(user) + Number(system)) / ticksPerSecond;
}
