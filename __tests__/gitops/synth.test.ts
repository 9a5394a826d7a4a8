import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { repositoryFolder } from "../../environments/repository";
import { testFolder } from "../support/folders";

const folder = join(testFolder(), "out");
const synth = (...args: string[]) => {
  const env = { ...process.env, CDKTF_OUTDIR: folder };
  const file = join(repositoryFolder(), "gitops", "synth.mjs");
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], { env, encoding: "utf8" });
  return { status, stdout, stderr };
};

it("writes one JSON object with --json", () => {
  const { status, stdout } = synth("--json", "staging");
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    folder,
    stacks: expect.arrayContaining(["staging-bootstrap", "staging-data"]),
    seconds: expect.any(Number),
  });
  expect(existsSync(join(folder, "stacks", "staging-data", "cdk.tf.json"))).toBe(true);
}, 60_000);

it("says which option it does not know, and takes it for no environment", () => {
  expect(synth("--bogus", "dev")).toEqual({ status: 1, stdout: "", stderr: "error: unknown option '--bogus'\n" });
});

it("tells its exit codes", () => {
  expect(synth("--help").stdout).toContain("Exit codes: 0 written, 1 error.");
});
