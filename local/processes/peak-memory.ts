import { existsSync, readFileSync } from "node:fs";

const status = "/proc/self/status";

/**
 * Most memory (resident set) this process has had so far. Linux also counts what the parent held when it started this
 * process into getrusage's figure, so that its own account of this program is read where there is one.
 */
export function peakMegabytes(): number {
  const kilobytes = existsSync(status) && /^VmHWM:\s*(\d+) kB/m.exec(readFileSync(status, "utf8"))?.[1];
  return (kilobytes ? Number(kilobytes) : process.resourceUsage().maxRSS) / 1024;
}
