import { setTimeout as sleep } from "node:timers/promises";
import { loadEnvironment } from "../../../environments/load";
import { removeAccountFile } from "../../account-file";
import { lockFolder } from "../../folder-lock";
import { Closing, exitCodeAfter } from "./closing";
import { CurrentReport } from "./current-report";
import { addSteps } from "./demo";
import { waitForEarlierServers } from "./earlier-servers";
import { errorText, Interrupted } from "./known-error";
import { listView } from "./list-view";
import type { StartOptions } from "./options";
import { places } from "./places";
import { plainView } from "./plain-view";
import { prepareFolder } from "./prepare-folder";
import { reportText, upText } from "./report-text";
import { Steps } from "./steps";

const own = [
  places.ministack,
  places.kafka,
  places.gateway,
  places.terraform,
  places.synthesized,
  places.run,
  places.uploads,
  places.apps,
];

/** Runs everything; answers the exit code. Whatever ends it, every server has ended when it returns. */
export async function runDemo(options: StartOptions): Promise<number> {
  const closing = new Closing();
  const code = await untilEnd(options, closing).catch(fail);
  return exitCodeAfter(closing, code, (fault) => process.stderr.write(`${fault}\n`));
}

async function untilEnd(options: StartOptions, closing: Closing): Promise<number> {
  const say = (text: string) => void (options.json ? process.stderr : process.stdout).write(`${text}\n`);
  const abort = new AbortController();
  followSignals(abort);
  let steps: Steps | undefined;
  const report = new CurrentReport(() => steps?.reports ?? []);
  try {
    const environment = loadEnvironment("local");
    const unlock = lockFolder(places.local);
    await closing.add("lock", unlock);
    await closing.add("account file", () => removeAccountFile());
    await waitForEarlierServers(places.servers, say);
    const folder = prepareFolder({ own, plans: places.plans, deployed: places.deployed, fresh: options.fresh });
    if (folder === "forgotten") say("The account of earlier runs is forgotten.");
    const interactive = process.stdout.isTTY === true && !options.json && !process.env.CI;
    steps = new Steps(interactive ? await listView() : plainView(say), abort);
    addSteps({ environment, options, steps, report, closing, abort });
    await steps.settle();
    report.end();
    say(reportText(report.now()));
    if (options.json) writeJson(report);
    const code = report.now().state === "complete" ? 0 : 1;
    if (options.once) return code;
    say(upText(report));
    await untilAborted(abort.signal);
    return abort.signal.reason instanceof Interrupted ? code : fail(abort.signal.reason);
  } catch (error) {
    report.fail();
    if (options.json && steps !== undefined) writeJson(report);
    const cause = abort.signal.aborted ? abort.signal.reason : error;
    return cause instanceof Interrupted ? interrupted(cause) : fail(cause);
  }
}

const writeJson = (report: CurrentReport): void => void process.stdout.write(`${JSON.stringify(report.now())}\n`);

function fail(error: unknown): number {
  process.stderr.write(`${errorText(error)}\n`);
  return 1;
}

const exitCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

function interrupted({ signal, message }: Interrupted): number {
  process.stderr.write(`${message} What was sent stays; npm start takes it up again.\n`);
  return exitCodes[signal];
}

/** The first signal ends the run in order. A second one ends it at once; the servers end with it. */
function followSignals(abort: AbortController): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (abort.signal.aborted) process.exit(exitCodes[signal]);
      abort.abort(new Interrupted(signal));
    });
  }
}

/** Keeps the process alive, too: the servers are others' processes. */
async function untilAborted(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) await sleep(86_400_000, undefined, { signal }).catch(() => {});
}
