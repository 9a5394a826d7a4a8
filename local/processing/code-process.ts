import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";
import { codeFaults } from "../../functions/contract/image-code";
import { UserError } from "../../gitops/user-error";
import type { Job, Message } from "./messages";
import { ownLines } from "./own-lines";
import type { Outcome } from "./result";

/** Longest time the code may take to load, in seconds. */
const LOAD_SECONDS = 20;

/** Beyond the time an image may take, in seconds; code that keeps to it has refused the image by then. */
const GRACE_SECONDS = 2;

/** An outcome, and what it took. */
export type Done = Extract<Message, { outcome: unknown }>;

/** Image code that runs in a process of its own. */
export class CodeProcess {
  private readonly child: ChildProcess;
  private readonly ended: Promise<string>;
  private errors = "";
  private over = false;
  private hear: (message: Message) => void = () => undefined;

  private constructor(
    compiled: string,
    private readonly root: string,
  ) {
    // Under the watchdog, as an endless loop would not notice that its parent is gone.
    const command = [process.execPath, "--enable-source-maps", compiled];
    this.child = spawn("/bin/sh", [resolve(__dirname, "../processes/watchdog.sh"), "0", ...command], {
      cwd: root,
      detached: true,
      stdio: ["pipe", "ignore", "pipe", "ipc"],
    });
    this.child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.errors = (this.errors + text).slice(-20_000);
    });
    this.child.on("message", (message) => this.hear(message as Message));
    this.ended = new Promise((resolve) => {
      this.child.once("error", (error) => resolve(error.message));
      this.child.once("close", (code, signal) =>
        resolve(signal === null ? `it ended with exit code ${code}` : `it was ended by ${signal}`),
      );
    });
  }

  /** Starts what `compileWatched` wrote. @throws UserError when it does not load, or is no code of this contract. */
  static async start(compiled: string, root: string, file: string): Promise<CodeProcess> {
    const started = new CodeProcess(compiled, root);
    const message = await started.next(LOAD_SECONDS);
    if (typeof message === "string" || !("loaded" in message)) {
      const why = typeof message === "string" ? message : "it answered before it was asked";
      const { message: text, stack } = started.crash(why);
      started.end();
      throw new UserError([`${file} does not load: ${text}`, ...stack].join("\n"));
    }
    const faults = codeFaults(message.loaded, file);
    if (faults.length === 0) return started;
    started.end();
    throw new UserError(faults.join("\n"));
  }

  /** Processes one image. After a crash or a hang the process is gone: {@link isAlive}. */
  async process(job: Job): Promise<Done> {
    const began = performance.now();
    this.child.send(job);
    const seconds = job.context.secondsAllowed + GRACE_SECONDS;
    const message = await this.next(seconds);
    if (typeof message === "string") {
      this.end();
      return { outcome: this.crash(message), milliseconds: performance.now() - began, peakMegabytes: 0 };
    }
    if (!("outcome" in message)) throw new Error("The process of the code answered out of turn.");
    if (message.outcome.state !== "failed") return message;
    return { ...message, outcome: { ...message.outcome, stack: ownLines(message.outcome.stack, this.root) } };
  }

  get isAlive(): boolean {
    return !this.over && this.child.exitCode === null && this.child.signalCode === null && this.child.connected;
  }

  /** Ends it at once, whatever it does. */
  end(): void {
    this.over = true;
    this.child.removeAllListeners("message");
    try {
      process.kill(-(this.child.pid ?? 0), "SIGKILL");
    } catch {
      // It has ended already.
    }
  }

  /** What it says next; a text when it ends before, or says nothing for so long. */
  private next(seconds: number): Promise<Message | string> {
    return new Promise((resolve) => {
      const late = setTimeout(() => resolve(`it was still running after ${seconds} s, and was ended`), seconds * 1000);
      const done = (message: Message | string): void => {
        clearTimeout(late);
        resolve(message);
      };
      this.hear = done;
      void this.ended.then(done);
    });
  }

  /** A crash in the code's own words: Node writes the error and its stack to standard error. */
  private crash(why: string): Extract<Outcome, { state: "failed" }> {
    const lines = this.errors.split("\n");
    const at = lines.findIndex((line) => /^\w*(Error|Exception)\b/.test(line));
    const message = at < 0 ? `The process crashed: ${why}.` : `${lines[at]} (the process crashed: ${why})`;
    return { state: "failed", message, stack: ownLines(lines.slice(at + 1), this.root) };
  }
}
