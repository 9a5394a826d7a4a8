import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../gitops/user-error";
import { localFolder } from "./local-folder";
import { isRunning, startOf } from "./processes/process-identity";

interface Holder {
  readonly pid: number;
  readonly started: string;
}

const holderOf = (file: string): Holder | undefined => {
  try {
    const [pid, started = ""] = readFileSync(file, "utf8").split(" ");
    return { pid: Number(pid), started };
  } catch {
    return undefined;
  }
};

/** Puts the lock file there, whole at once; false when there is one already. */
const take = (file: string): boolean => {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, `${process.pid} ${startOf(process.pid)}`);
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
};

/**
 * Keeps a second `npm start` out of the folder, whose state two accounts would spoil. Returns what gives it free again; a
 * process that ended without doing so does not hold it any more. Throws a {@link UserError} that names the holder.
 */
export const lockFolder = (folder = localFolder): (() => void) => {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "lock");
  for (let attempt = 1; !take(file); attempt++) {
    const holder = holderOf(file);
    if (holder !== undefined && (isRunning(holder.pid, holder.started) || attempt > 5))
      throw new UserError(
        `${folder} is in use: a local account is running already (process ${holder.pid}). End it with Ctrl-C where it runs, or with: kill ${holder.pid}`,
      );
    rmSync(file, { force: true });
  }
  return () => rmSync(file, { force: true });
};
