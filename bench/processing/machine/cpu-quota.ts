import { existsSync, mkdirSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A limit on the processor time of some processes. */
export interface CpuQuota {
  add(pid: number): void;
  /** So many cores' time, for example 0.5. */
  limit(cores: number): void;
  /** To be called when its processes have ended. */
  remove(): void;
}

/** Short, so that a process stops and goes on often, not for long. */
const periodMicroseconds = 20_000;

/**
 * Makes a control group (cgroup v2, or v1's cpu controller), which is how Linux shares out processor time.
 * @param mount @default - where Linux has them
 * @returns undefined where this process may not make one
 */
export function cpuQuota(name: string, mount = "/sys/fs/cgroup"): CpuQuota | undefined {
  const versionOne = join(mount, "cpu");
  const isOne = existsSync(join(versionOne, "cpu.cfs_quota_us"));
  if (!isOne && !existsSync(join(mount, "cgroup.controllers"))) return undefined;
  const folder = join(isOne ? versionOne : mount, name);
  const quotaFile = join(folder, isOne ? "cpu.cfs_quota_us" : "cpu.max");
  try {
    mkdirSync(folder, { recursive: true });
    if (isOne) writeFileSync(join(folder, "cpu.cfs_period_us"), String(periodMicroseconds));
    if (!existsSync(quotaFile)) throw new Error("The group has no cpu controller.");
  } catch {
    removeFolder(folder);
    return undefined;
  }
  return {
    add: (pid) => writeFileSync(join(folder, "cgroup.procs"), String(pid)),
    limit: (cores) => {
      const quota = Math.max(1000, Math.round(cores * periodMicroseconds));
      writeFileSync(quotaFile, isOne ? String(quota) : `${quota} ${periodMicroseconds}`);
    },
    remove: () => removeFolder(folder),
  };
}

function removeFolder(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // It was never made, or its last process is still on its way out: the system keeps an empty group.
  }
}
