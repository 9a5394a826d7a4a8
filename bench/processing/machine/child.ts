import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { pinned } from "./cores";

export interface ChildProps {
  /** For messages. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Beside PATH; nothing else is inherited. */
  readonly env?: Readonly<Record<string, string>>;
  /** Cores it may use, undefined for any. */
  readonly cores: string | undefined;
}

/** A process that answers every line of JSON it is sent by one of its own. Its input ends with this process, and so does it. */
export interface Child {
  readonly pid: number;
  /** @throws Error when the process has ended, with the end of what it printed. */
  ask<Answer>(question: unknown): Promise<Answer>;
  stop(): Promise<void>;
}

/** Questions on standard input, answers on descriptor 3, everything printed kept for when it fails. */
export function startChild({ name, command, args, env = {}, cores }: ChildProps): Child {
  const [program = command, ...rest] = pinned(cores, command, args);
  const child = spawn(program, rest, {
    env: { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "", LANG: "C.UTF-8", ...env },
    stdio: ["pipe", "ignore", "pipe", "pipe"],
  });
  // One that has ended by itself is told by its end.
  child.stdin?.on("error", () => undefined);
  let printed = "";
  child.stderr?.on("data", (chunk) => {
    printed = `${printed}${chunk}`.slice(-2000);
  });
  const ended = new Promise<never>((_, reject) => {
    child.once("error", (error) => reject(new Error(`${name} could not be started: ${error.message}`)));
    child.once("close", (code, signal) =>
      reject(new Error(`${name} ended (${signal ?? `exit code ${code}`}). The end of what it printed:\n${printed}`)),
    );
  });
  ended.catch(() => undefined);
  const lines = createInterface({ input: child.stdio[3] as Readable })[Symbol.asyncIterator]();
  return {
    pid: child.pid ?? 0,
    async ask<Answer>(question: unknown): Promise<Answer> {
      child.stdin?.write(`${JSON.stringify(question)}\n`);
      const { value } = await Promise.race([lines.next(), ended]);
      if (value === undefined) await ended;
      return JSON.parse(value as string) as Answer;
    },
    async stop() {
      child.stdin?.end();
      child.kill();
      await ended.catch(() => undefined);
    },
  };
}
