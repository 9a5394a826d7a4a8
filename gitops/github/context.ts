import { readFileSync } from "node:fs";
import { UserError } from "../user-error";

/** Where a command runs and whom it asks: what GitHub tells a job by its environment, and nothing else reads from there. */
export interface GithubContext {
  readonly token: string;
  readonly owner: string;
  readonly repo: string;
  /** For example `https://api.github.com`, without a slash at its end. */
  readonly apiUrl: string;
  /** For links people follow, for example `https://github.com`. */
  readonly serverUrl: string;
  /** The workflow's run. @default nothing outside GitHub Actions */
  readonly run?: { readonly id: number; readonly attempt: number };
  /** Who started the run. */
  readonly actor?: string;
  /** File to which a job's summary is added. */
  readonly stepSummary?: string;
  /** File of the event that started the run. */
  readonly eventPath?: string;
}

/**
 * The context of this process.
 * @param options.repository - `owner/name` where GITHUB_REPOSITORY says none, as on a laptop
 * @throws UserError that names every variable that is missing or of another form
 */
export function githubContext(
  env: NodeJS.ProcessEnv = process.env,
  options: { readonly repository?: string | (() => string) } = {},
): GithubContext {
  const faults: string[] = [];
  const token = env.GITHUB_TOKEN ?? "";
  if (token === "")
    faults.push(
      "GITHUB_TOKEN: expected a token for the GitHub API, but there is none. For example: export GITHUB_TOKEN=$(gh auth token)",
    );
  const { repository: preset = "" } = options;
  const repository = env.GITHUB_REPOSITORY ?? (typeof preset === "string" ? preset : preset());
  const [, owner = "", repo = ""] = /^([^/\s]+)\/([^/\s]+)$/.exec(repository) ?? [];
  if (owner === "") faults.push(`GITHUB_REPOSITORY: expected owner/name, but got ${JSON.stringify(repository)}.`);
  const url = (name: string, standard: string): string => {
    const value = (env[name] ?? standard).replace(/\/+$/, "");
    if (!/^https?:\/\/\S+$/.test(value)) faults.push(`${name}: expected a URL, but got ${JSON.stringify(value)}.`);
    return value;
  };
  const apiUrl = url("GITHUB_API_URL", "https://api.github.com");
  const serverUrl = url("GITHUB_SERVER_URL", "https://github.com");
  const [id, attempt] = [Number(env.GITHUB_RUN_ID), Number(env.GITHUB_RUN_ATTEMPT ?? "1")];
  if (faults.length > 0) throw new UserError(faults.join("\n"));
  return {
    token,
    owner,
    repo,
    apiUrl,
    serverUrl,
    ...(Number.isInteger(id) && id > 0 && { run: { id, attempt } }),
    ...(env.GITHUB_ACTOR && { actor: env.GITHUB_ACTOR }),
    ...(env.GITHUB_STEP_SUMMARY && { stepSummary: env.GITHUB_STEP_SUMMARY }),
    ...(env.GITHUB_EVENT_PATH && { eventPath: env.GITHUB_EVENT_PATH }),
  };
}

/**
 * The event that started the run, as GitHub wrote it down; whoever reads it checks its form.
 * @throws UserError outside GitHub Actions, or when the file is no JSON
 */
export function githubEvent({ eventPath }: Pick<GithubContext, "eventPath">): unknown {
  if (eventPath === undefined)
    throw new UserError("GITHUB_EVENT_PATH: expected the file of an event, but there is none.");
  try {
    return JSON.parse(readFileSync(eventPath, "utf8")) as unknown;
  } catch {
    throw new UserError(`GITHUB_EVENT_PATH: expected a file of JSON, but ${eventPath} is none.`);
  }
}
