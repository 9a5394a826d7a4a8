import { readFileSync } from "node:fs";

/** Where Linux tells about a process; other systems have no such file. */
const statusOf = (pid: number): readonly string[] | undefined => {
  try {
    // The second field, the program's name, may hold blanks and brackets; what follows its last bracket does not.
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
};

/**
 * When the process was started, in a form that only serves to compare (Linux: clock ticks since boot). Empty where the
 * system does not tell. With it a process is told from a later one that was given the same id.
 */
export const startOf = (pid: number): string => statusOf(pid)?.[19] ?? "";

/** Whether the process runs. One that ended but was not collected by its parent yet does not. */
export const isRunning = (pid: number, start = ""): boolean => {
  const status = statusOf(pid);
  if (status !== undefined) return status[0] !== "Z" && (start === "" || status[19] === start);
  if (statusOf(process.pid) !== undefined) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process may not be signalled, but it is there.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
};
