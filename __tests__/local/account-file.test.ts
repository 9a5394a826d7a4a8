import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../gitops/user-error";
import { type LocalAccount, readAccountFile, removeAccountFile, writeAccountFile } from "../../local/account-file";
import { startOf } from "../../local/processes/process-identity";
import { temporaryFolders } from "../fixtures/temporary-folder";

const temporaryFolder = temporaryFolders();

const account: LocalAccount = {
  pid: process.pid,
  endpoint: "http://127.0.0.1:4566",
  kafkaBrokers: ["127.0.0.1:9092"],
  pageUrl: "http://127.0.0.1:8080",
  account: "000000000000",
  region: "eu-central-1",
};

const howToStart = "Start it with `npm start` and leave it running, then try again.";

test("other commands read what the running account wrote", () => {
  const folder = join(temporaryFolder(), "not-there-yet");
  writeAccountFile(account, folder);
  expect(readAccountFile(folder)).toEqual(account);
  expect(readdirSync(folder)).toEqual(["account.json"]);
});

test("says that the account is not running when there is no file", () => {
  const folder = temporaryFolder();
  writeAccountFile(account, folder);
  removeAccountFile(folder);
  removeAccountFile(folder);
  expect(existsSync(join(folder, "account.json"))).toBe(false);
  expect(() => readAccountFile(folder)).toThrow(
    new UserError(`The local account is not running (there is no ${folder}/account.json). ${howToStart}`),
  );
});

test("says that the account is not running when the process that wrote the file has ended", async () => {
  const folder = temporaryFolder();
  const ended = spawn(process.execPath, ["--version"]);
  await once(ended, "exit");
  const pid = Number(ended.pid);
  writeAccountFile({ ...account, pid }, folder);
  expect(() => readAccountFile(folder)).toThrow(
    new UserError(`The local account is not running any more (process ${pid} has ended). ${howToStart}`),
  );
});

test("does not take a later process with the same id for the account, where the system tells them apart", () => {
  const folder = temporaryFolder();
  writeAccountFile(account, folder);
  const file = join(folder, "account.json");
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace(`"started": "${startOf(process.pid)}"`, '"started": "1"'));
  const read = () => readAccountFile(folder).pid;
  if (startOf(process.pid) === "") expect(read()).toBe(process.pid);
  else expect(read).toThrow(`The local account is not running any more (process ${process.pid} has ended).`);
});

test("names the fields of a file that is not an account's", () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "account.json"), JSON.stringify({ ...account, pid: "1", account: "12" }));
  expect(() => readAccountFile(folder)).toThrow(UserError);
  expect(() => readAccountFile(folder)).toThrow(
    new RegExp(`^${folder}/account.json is not a local account's file. Remove it.[^]*at pid[^]*at account`),
  );
});
