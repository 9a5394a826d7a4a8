import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** How the computer's cores are shared out. */
export interface Cores {
  /** Those of what is measured; undefined: nothing can be pinned here. */
  readonly measured: string | undefined;
  /** Every core, for what is measured on all of them. */
  readonly all: string | undefined;
}

/** `0-1,4` as `[0, 1, 4]`. */
export function coreNumbers(list: string): readonly number[] {
  return list
    .trim()
    .split(",")
    .flatMap((part) => {
      const [first = 0, last = first] = part.split("-").map(Number);
      return Array.from({ length: last - first + 1 }, (_, index) => first + index);
    });
}

/**
 * Gives one core to what is measured, and puts this process, with all it starts from now on, on the others: what AWS runs
 * elsewhere (Kafka, S3, the poller) must not take the function's time. Only on Linux, with two cores or more.
 */
export function shareCores(): Cores {
  const allowed = /^Cpus_allowed_list:\s*(\S+)/m.exec(
    existsSync("/proc/self/status") ? readFileSync("/proc/self/status", "utf8") : "",
  )?.[1];
  const cores = coreNumbers(allowed ?? "");
  const [last, ...others] = cores.toReversed();
  if (allowed === undefined || last === undefined || others.length === 0)
    return { measured: undefined, all: undefined };
  try {
    execFileSync("taskset", ["-a", "-p", "-c", others.join(","), String(process.pid)], { stdio: "ignore" });
  } catch {
    return { measured: undefined, all: undefined };
  }
  return { measured: String(last), all: allowed };
}

/** A command line that runs on `cores` alone. */
export const pinned = (cores: string | undefined, command: string, args: readonly string[]): readonly string[] =>
  cores === undefined ? [command, ...args] : ["taskset", "-c", cores, command, ...args];
