import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { UserError } from "../../../gitops/user-error";
import { isRunning, startOf } from "../../processes/process-identity";

const servers = z.array(z.object({ name: z.string(), pid: z.int().positive(), started: z.string() }));

type Server = z.infer<typeof servers>[number];

/** Longest time that servers of a run that was killed may take to end, in seconds. */
const longestSeconds = 40;

/** Keeps note of a server, so that the next run can wait for its end. */
export function noteServer(file: string, name: string, pid: number): void {
  writeFileSync(file, JSON.stringify([...read(file), { name, pid, started: startOf(pid) }]));
}

/**
 * A run that was killed leaves servers that are just ending; two servers on one folder would spoil it.
 * @throws UserError naming those that do not end
 */
export async function waitForEarlierServers(file: string, note: (text: string) => void): Promise<void> {
  const until = Date.now() + longestSeconds * 1000;
  let said = "";
  const alive = () => read(file).filter(({ pid, started }) => isRunning(pid, started));
  for (let left = alive(); left.length > 0; left = alive()) {
    const names = left.map(({ name, pid }) => `${name} (process ${pid})`).join(" and ");
    if (Date.now() > until) {
      throw new UserError(
        `${names} of an earlier run did not end within ${longestSeconds} s. End it with kill, then run npm start again.`,
      );
    }
    const text = `waiting for ${names} of an earlier run to end`;
    if (text !== said) note(text);
    said = text;
    await sleep(100);
  }
  rmSync(file, { force: true });
}

function read(file: string): Server[] {
  try {
    return servers.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return [];
  }
}
