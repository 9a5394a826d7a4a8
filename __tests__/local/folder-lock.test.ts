import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { UserError } from "../../gitops/user-error";
import { lockFolder } from "../../local/folder-lock";
import { temporaryFolders } from "../fixtures/temporary-folder";

const temporaryFolder = temporaryFolders();

test("a second run in the same folder is told which process holds it", () => {
  const folder = temporaryFolder();
  const free = lockFolder(folder);
  expect(() => lockFolder(folder)).toThrow(
    new UserError(
      `${folder} is in use: a local account is running already (process ${process.pid}). End it with Ctrl-C where it runs, or with: kill ${process.pid}`,
    ),
  );
  free();
  lockFolder(folder)();
  expect(readdirSync(folder)).toEqual([]);
});

test("a run that was killed does not hold the folder", async () => {
  const folder = temporaryFolder();
  const holder = spawn(process.execPath, ["--import", "tsx", resolve(__dirname, "../fixtures/hold-lock.ts"), folder]);
  await once(holder.stdout, "data");
  try {
    expect(() => lockFolder(folder)).toThrow(`a local account is running already (process ${holder.pid})`);
  } finally {
    holder.kill("SIGKILL");
    await once(holder, "exit");
  }
  lockFolder(folder)();
});
