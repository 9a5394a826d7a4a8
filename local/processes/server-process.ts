import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "../../gitops/user-error";

/** What {@link startServer} starts. */
export interface ServerProcessProps {
  /** For messages: "MiniStack". */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment of the server; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Both outputs of the server, overwritten at each start. */
  readonly logFile: string;
  /** Whether this very server answers by now, and not another on the same port; a rejection counts as "not yet". */
  readonly isReady: () => Promise<boolean>;
  /** How long the server may take until it answers, in seconds. */
  readonly readySeconds: number;
  /** How long it may take to end in order before it is killed, in seconds. */
  readonly stopSeconds: number;
  /** Told every few seconds while the server does not answer yet. */
  readonly log: (message: string) => void;
}

/** A running server. It ends at the latest with this process, whatever ends this process. */
export interface ServerProcess {
  /** The process group of the server. */
  readonly pid: number;
  /** Resolves when the server has ended, for whatever reason, and its port is free. */
  readonly ended: Promise<void>;
  /** Lets the server end in order. */
  stop(): Promise<void>;
  /** Ends the server, and what it started, at once with SIGKILL: as a crash would. */
  kill(): void;
}

/** The server did not come up. The message has the end of its log. */
export class ServerStartError extends UserError {
  override readonly name = "ServerStartError";
  constructor(
    message: string,
    /** All that it wrote: of what it ended, it may speak long before its last lines. */
    readonly log: string,
  ) {
    super(message);
  }
}

const tailLines = 15;

const tailOf = (log: string): string =>
  log
    .trimEnd()
    .split("\n")
    .slice(-tailLines)
    .map((line) => `  ${line}`)
    .join("\n");

const signalGroup = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended already.
  }
};

/** Starts a server under the watchdog and resolves when it answers. Throws {@link ServerStartError} when it does not. */
export const startServer = async (props: ServerProcessProps): Promise<ServerProcess> => {
  mkdirSync(dirname(props.logFile), { recursive: true });
  const log = openSync(props.logFile, "w");
  const watchdog = [resolve(__dirname, "watchdog.sh"), String(props.stopSeconds), props.command, ...props.args];
  const child = spawn("/bin/sh", watchdog, {
    cwd: props.cwd,
    env: { ...props.env },
    detached: true,
    // The last pipe is never used. The server and what it starts hold its other end, so it closes when all have ended.
    stdio: ["pipe", log, log, "pipe"],
  });
  closeSync(log);
  const pid = child.pid ?? 0;
  const kill = (): void => signalGroup(pid, "SIGKILL");
  let end: string | undefined;
  const ended = new Promise<void>((resolve) => {
    child.once("error", (error) => {
      end = `could not be started: ${error.message}`;
      resolve();
    });
    child.once("exit", (code, signal) => {
      end = signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`;
      // What the server started belongs to its group and goes with it.
      kill();
    });
    child.once("close", () => resolve());
  });
  const stop = async (): Promise<void> => {
    // Only the watchdog knows the server's own id. Closing its input makes it end the server in order, then the group.
    child.stdin?.end();
    await ended;
  };

  const since = Date.now();
  let told = since;
  // Once it has ended, nobody answers who is asked still.
  const answers = () => Promise.race([props.isReady().catch(() => false), ended.then(() => false)]);
  while (!(await answers())) {
    const waited = Date.now() - since;
    if (end === undefined && waited > props.readySeconds * 1000) {
      kill();
      await ended;
      end = `did not answer within ${props.readySeconds} s`;
    }
    if (end !== undefined) {
      const written = readFileSync(props.logFile, "utf8");
      const tail = tailOf(written);
      throw new ServerStartError(`${props.name} ${end}. The end of its log (${props.logFile}):\n${tail}`, written);
    }
    if (Date.now() - told > 5000) {
      told = Date.now();
      props.log(`${props.name} is starting (${Math.round(waited / 1000)} s)`);
    }
    await Promise.race([sleep(50), ended]);
  }
  return { pid, ended, stop, kill };
};
