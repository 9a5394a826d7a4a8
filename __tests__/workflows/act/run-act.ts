import { execFile, execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { repositoryFolder } from "../../../environments/repository";
import { write } from "../../support/folders";
import { textOf } from "../workflow";
import { writeStandInActions } from "./stand-in-actions";

const root = repositoryFolder();
/** Where the set-up of `npm test` puts it. */
export const actProgram = join(root, ".cache", "workflow-checks", "bin", "act");

/** What a command says instead of being run, where its call begins with `line`. */
export interface Answer {
  readonly line: string;
  /** @default 0 */
  readonly code?: number;
  readonly says?: string;
  /** Text by file of the job's folder. */
  readonly writes?: Readonly<Record<string, string>>;
}

/** One call of npm, as `plan dev --review`. */
export interface NpmCall {
  readonly job: string;
  readonly line: string;
  /** The role that the job has taken before. */
  readonly role: string | null;
  /** Whether GitHub's token was there. */
  readonly token: boolean;
}

export interface ActRun {
  /** By id of the job. Jobs that were skipped are not there. */
  readonly results: Readonly<Record<string, string>>;
  readonly calls: readonly NpmCall[];
  readonly log: string;
}

export interface ActProps {
  /** For what the run leaves. */
  readonly folder: string;
  /** A git repository whose HEAD is what the event is about. */
  readonly origin: string;
  readonly file: string;
  readonly event: string;
  readonly payload: object;
  readonly answers?: readonly Answer[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a workflow with act on this computer, without containers: real shells, stand-ins for actions and for what calls AWS. */
export async function runAct({
  folder,
  origin,
  file,
  event,
  payload,
  answers = [],
  env = {},
}: ActProps): Promise<ActRun> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "bin"), { recursive: true });
  symlinkSync(join(__dirname, "npm-stand-in.mjs"), join(folder, "bin", "npm"));
  writeFileSync(join(folder, "answers.json"), JSON.stringify(answers));
  const variables = {
    GITHUB_REPOSITORY: "image-platform/darkroom",
    STAND_IN_FOLDER: folder,
    STAND_IN_ORIGIN: origin,
    STAND_IN_ROOT: root,
    STAND_IN_NPM: execFileSync("which", ["npm"], { encoding: "utf8" }).trim(),
    PATH: [join(folder, "bin"), process.env.PATH].join(delimiter),
    ...env,
  };
  const args = [
    ...[event, "--json", "--action-offline-mode", "--directory", origin],
    // act knows nothing of queues, and heeds no `concurrency` either.
    ...["--workflows", write(join(folder, "workflows", file), textOf(file).replace(/^ +queue: max\n/gm, ""))],
    ...["--platform", "ubuntu-24.04=-self-hosted"],
    ...["--eventpath", write(join(folder, "event.json"), JSON.stringify(payload))],
    ...["--secret", "GITHUB_TOKEN=token-of-a-test"],
    ...Object.entries(variables).flatMap(([name, value]) => ["--env", `${name}=${value}`]),
    ...writeStandInActions(join(folder, "actions")).flatMap((pin) => ["--local-repository", pin]),
  ];
  const home = { HOME: folder, XDG_CACHE_HOME: join(folder, "cache"), XDG_CONFIG_HOME: join(folder, "config") };
  const log = await new Promise<string>((resolve) => {
    execFile(actProgram, args, { env: { ...process.env, ...home }, maxBuffer: 2 ** 26 }, (_error, stdout, stderr) => {
      resolve(`${stdout}\n${stderr}`);
    });
  });
  const calls = join(folder, "calls");
  return {
    results: resultsIn(log),
    calls: existsSync(calls) ? linesOf<NpmCall>(readFileSync(calls, "utf8")) : [],
    log,
  };
}

interface LogLine {
  readonly jobID?: string;
  readonly jobResult?: string;
}

/** The jobs of a matrix share one result: act does not tell theirs apart once one has failed. */
function resultsIn(log: string): Record<string, string> {
  const ended = linesOf<LogLine>(log).filter(({ jobResult }) => jobResult !== undefined);
  return Object.fromEntries(
    ended.map(({ jobID }) => [
      jobID,
      ended.some((line) => line.jobID === jobID && line.jobResult !== "success") ? "failure" : "success",
    ]),
  );
}

const linesOf = <T>(text: string): T[] =>
  text
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as T);
