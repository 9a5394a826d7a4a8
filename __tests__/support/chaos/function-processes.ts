import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

interface RunningProcess {
  readonly pid: number;
  readonly group: number;
  readonly command: string;
}

/** Every process of this computer. */
const processes = (): RunningProcess[] => (process.platform === "linux" ? fromFiles() : fromTable());

function fromTable(): RunningProcess[] {
  const table = execFileSync("ps", ["-A", "-o", "pid=", "-o", "pgid=", "-o", "command="], { encoding: "utf8" });
  return [...table.matchAll(/^ *(\d+) +(\d+) +(.*)$/gm)].map(([, pid, group, command = ""]) => ({
    pid: Number(pid),
    group: Number(group),
    command,
  }));
}

/** As Linux tells about them; there `ps` may be missing. */
function fromFiles(): RunningProcess[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        // The second field, the program's name, may hold blanks and brackets; what follows its last bracket does not.
        const status = readFileSync(`/proc/${name}/stat`, "utf8");
        const [, , group] = status.slice(status.lastIndexOf(")") + 2).split(" ");
        const command = readFileSync(`/proc/${name}/cmdline`, "utf8");
        return [{ pid: Number(name), group: Number(group), command }];
      } catch {
        // It has ended meanwhile.
        return [];
      }
    });
}

/**
 * The processes in which the emulated account runs a function: it starts each in its own process group, on a script in a
 * folder that is named after the function.
 */
export const functionProcesses = (group: number, functionName: string): readonly number[] =>
  processes()
    .filter((one) => one.group === group && one.command.includes(`/ministack-lambda-${functionName}-`))
    .map(({ pid }) => pid);
