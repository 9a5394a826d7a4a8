import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { UserError } from "../gitops/user-error";
import { localFolder } from "./local-folder";
import { isRunning, startOf } from "./processes/process-identity";

const schema = z.object({
  /** The process that runs the account. */
  pid: z.int().positive(),
  /** `http://127.0.0.1:<port>` of the gateway. */
  endpoint: z.url(),
  /** `127.0.0.1:<port>` each. */
  kafkaBrokers: z.array(z.string()).min(1),
  /** The page that shows the run. */
  pageUrl: z.url().optional(),
  /** The web apps. */
  appUrls: z.object({ stream: z.url(), upload: z.url() }).optional(),
  /** 12 digits. */
  account: z.string().regex(/^\d{12}$/),
  region: z.string(),
  /** Tells the process from a later one with the same id. */
  started: z.string().optional(),
});

/** How to reach the local account that is running. */
export type LocalAccount = Readonly<Omit<z.infer<typeof schema>, "started">>;

const fileIn = (folder: string): string => join(folder, "account.json");

/** Tells other commands how to reach the running account. The file appears whole or not at all. */
export const writeAccountFile = (account: LocalAccount, folder = localFolder): void => {
  mkdirSync(folder, { recursive: true });
  const file = fileIn(folder);
  const content = { ...account, started: startOf(account.pid) };
  writeFileSync(`${file}.new`, `${JSON.stringify(content, null, 2)}\n`);
  renameSync(`${file}.new`, file);
};

/** Called when the account ends. Nothing happens when there is no file. */
export const removeAccountFile = (folder = localFolder): void => rmSync(fileIn(folder), { force: true });

const howToStart = "Start it with `npm start` and leave it running, then try again.";

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * How to reach the local account that is running. Throws a {@link UserError} when none is: no file, or the process that
 * wrote it is gone.
 */
export const readAccountFile = (folder = localFolder): LocalAccount => {
  const file = fileIn(folder);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new UserError(`The local account is not running (there is no ${file}). ${howToStart}`);
  }
  const found = schema.safeParse(parse(text));
  if (!found.success)
    throw new UserError(
      `${file} is not a local account's file. Remove it. ${howToStart}\n${z.prettifyError(found.error)}`,
    );
  const { started, ...account } = found.data;
  if (!isRunning(account.pid, started))
    throw new UserError(`The local account is not running any more (process ${account.pid} has ended). ${howToStart}`);
  return account;
};
