import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Ends a tool, and what it started, when this process is gone, so that it does not write into the next set-up's work. */
const watchdog = fileURLToPath(new URL("../processes/watchdog.sh", import.meta.url));

/** How much of a failed tool's own output is shown. */
const tailLines = 20;

/** A tool that ended badly. The message holds the command and the end of what the tool printed. */
export class ToolFailure extends Error {}

const running = new Set();

/** Ends every tool that is still running, with what it started: each runs in a process group of its own. */
export const endTools = () => {
  for (const child of running) {
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // It ended by itself in the meantime.
    }
  }
};

/**
 * Runs a tool to its end and resolves to what it printed on standard output. Rejects with a {@link ToolFailure} when it
 * cannot be started or exits with anything but 0.
 */
export const run = (command, args, { cwd, env = process.env } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn("/bin/sh", [watchdog, "0", command, ...args], { cwd, env, detached: true });
    const both = [];
    const output = [];
    child.stdout.on("data", (chunk) => {
      both.push(chunk);
      output.push(chunk);
    });
    child.stderr.on("data", (chunk) => both.push(chunk));
    running.add(child);
    const fail = (what) => {
      const lines = Buffer.concat(both).toString().trimEnd().split("\n").slice(-tailLines);
      reject(new ToolFailure([`${[command, ...args].join(" ")} ${what}`, ...lines.map((l) => `  ${l}`)].join("\n")));
    };
    child.on("error", (error) => {
      running.delete(child);
      fail(`could not be started: ${error.message}`);
    });
    child.on("close", (code, signal) => {
      running.delete(child);
      if (code === 0) resolve(Buffer.concat(output).toString());
      else fail(signal === null ? `ended with exit code ${code}:` : `was ended by ${signal}:`);
    });
  });
