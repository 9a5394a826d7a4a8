import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A process that ended but was not collected by its parent yet counts as ended. */
const isAlive = (pid) => {
  const status = `/proc/${pid}/status`;
  if (existsSync("/proc/self/status")) return existsSync(status) && !/^State:\s+Z/m.test(readFileSync(status, "utf8"));
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
};

/** Puts `file` there with this process's id in it, whole at once; false when there is one already. */
const take = (file) => {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    return false;
  } finally {
    rmSync(own, { force: true });
  }
};

const holderOf = (file) => {
  try {
    return Number(readFileSync(file, "utf8"));
  } catch {
    return 0;
  }
};

/** Waits until no other set-up works on the same folder, and keeps others out until the returned function is called. */
export const waitForTurn = async (file) => {
  mkdirSync(dirname(file), { recursive: true });
  for (let told = false; ; ) {
    if (take(file)) return () => rmSync(file, { force: true });
    const holder = holderOf(file);
    if (holder === 0 || !isAlive(holder)) rmSync(file, { force: true });
    else if (!told) {
      console.log(`Waiting for another set-up of this folder (process ${holder})`);
      told = true;
    }
    await sleep(200);
  }
};
