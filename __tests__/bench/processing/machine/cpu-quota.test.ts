import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cpuQuota } from "../../../../bench/processing/machine/cpu-quota";
import { temporaryFolders } from "../../../fixtures/temporary-folder";

const temporaryFolder = temporaryFolders();
const read = (...path: string[]) => readFileSync(join(...path), "utf8");

it("limits processor time in version 1 of control groups by quota and period", () => {
  const mount = temporaryFolder();
  mkdirSync(join(mount, "cpu", "bench"), { recursive: true });
  writeFileSync(join(mount, "cpu", "cpu.cfs_quota_us"), "-1");
  writeFileSync(join(mount, "cpu", "bench", "cpu.cfs_quota_us"), "-1");
  const quota = cpuQuota("bench", mount);
  quota?.limit(0.5);
  quota?.add(42);
  expect(read(mount, "cpu", "bench", "cpu.cfs_period_us")).toBe("20000");
  expect(read(mount, "cpu", "bench", "cpu.cfs_quota_us")).toBe("10000");
  expect(read(mount, "cpu", "bench", "cgroup.procs")).toBe("42");
});

it("limits processor time in version 2 by cpu.max", () => {
  const mount = temporaryFolder();
  mkdirSync(join(mount, "bench"), { recursive: true });
  writeFileSync(join(mount, "cgroup.controllers"), "cpu memory");
  writeFileSync(join(mount, "bench", "cpu.max"), "max 100000");
  cpuQuota("bench", mount)?.limit(1.5);
  expect(read(mount, "bench", "cpu.max")).toBe("30000 20000");
});

it("is not there without control groups, nor where a group has no cpu controller, and leaves none behind", () => {
  const mount = temporaryFolder();
  expect(cpuQuota("bench", mount)).toBeUndefined();
  writeFileSync(join(mount, "cgroup.controllers"), "memory");
  expect(cpuQuota("bench", mount)).toBeUndefined();
  expect(existsSync(join(mount, "bench"))).toBe(false);
});
