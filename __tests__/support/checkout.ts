import { execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { repositoryFolder } from "../../environments/repository";

/** What set-up made and a copy may share, since nothing in it is changed by a run. */
const shared = [
  "python",
  "kafka",
  "photographs",
  "corpus",
  "apps",
  "functions",
  "terraform-providers",
  "terraform-registry.json",
];

/** A copy of the repository, as set up: a place to edit environment files and to run commands in. */
export class Checkout {
  constructor(readonly folder: string) {
    const root = repositoryFolder();
    const files = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
      cwd: root,
      encoding: "utf8",
    });
    for (const file of files.split("\0").filter((name) => name !== "" && existsSync(join(root, name)))) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      cpSync(join(root, file), join(folder, file));
    }
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    mkdirSync(join(root, ".cache", "corpus"), { recursive: true });
    mkdirSync(join(folder, ".cache"));
    for (const name of shared.filter((part) => existsSync(join(root, ".cache", part)))) {
      symlinkSync(join(root, ".cache", name), join(folder, ".cache", name));
    }
  }

  /** Starts a TypeScript command of the repository, for example `local/start.ts`. */
  start(script: string, ...args: string[]): Running {
    return new Running(this.folder, script, args);
  }

  /** Runs a command to its end. */
  run(script: string, ...args: string[]): Promise<Finished> {
    return this.start(script, ...args).finished;
  }
}

/** How a command ended. */
export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that runs. */
export class Running {
  readonly finished: Promise<Finished>;
  private readonly child;
  private stdout = "";
  private stderr = "";

  constructor(folder: string, script: string, args: readonly string[]) {
    this.child = spawn(process.execPath, ["--import", "tsx", script, ...args], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.child.stdout.setEncoding("utf8").on("data", (text: string) => {
      this.stdout += text;
    });
    this.child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.stderr += text;
    });
    this.finished = new Promise((resolve) =>
      this.child.on("close", (code, signal) => resolve({ code, signal, stdout: this.stdout, stderr: this.stderr })),
    );
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Waits until the command has said something that matches. @throws Error with what it said when it ends before */
  async says(pattern: RegExp): Promise<RegExpMatchArray> {
    let ended = false;
    // Only then all is there that it said.
    void this.finished.then(() => {
      ended = true;
    });
    for (;;) {
      const last = ended;
      const found = `${this.stdout}\n${this.stderr}`.match(pattern);
      if (found) return found;
      if (last) {
        const { code, signal, stdout, stderr } = await this.finished;
        throw new Error(`It ended (${code ?? signal}) without saying ${pattern}:\n${stdout}\n${stderr}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
