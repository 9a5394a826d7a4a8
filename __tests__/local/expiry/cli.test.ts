import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

const root = resolve(__dirname, "../../..");
const expire = (...args: string[]) => {
  const tsx = require.resolve("tsx/cli");
  const { status, stderr } = spawnSync(process.execPath, [tsx, "local/expire.ts", ...args], {
    cwd: root,
    encoding: "utf8",
  });
  return { status, stderr };
};

it("refuses any environment but local", () => {
  expect(expire("prod")).toEqual({
    status: 1,
    stderr: "expected local, but got prod: in AWS, S3 expires objects by itself\n",
  });
});

it("refuses what is no instant", () => {
  expect(expire("local", "--now", "tomorrow")).toEqual({
    status: 1,
    stderr: "--now: expected a day or an instant, for example 2026-12-31, but got tomorrow\n",
  });
});
