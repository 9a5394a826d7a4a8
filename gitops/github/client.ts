import { setTimeout as sleep } from "node:timers/promises";
import { Octokit } from "@octokit/rest";
import { alreadyMade } from "./already-made";
import type { GithubContext } from "./context";
import { type ApiFailure, GithubError, isApiFailure } from "./github-error";
import { pauseAfter } from "./pause";

/** GitHub's API for one repository. Every call that fails throws a {@link GithubError}. */
export interface Github {
  readonly context: GithubContext;
  /** `{ owner, repo }`, which nearly every call wants. */
  readonly at: { readonly owner: string; readonly repo: string };
  readonly rest: Octokit["rest"];
  /** For what octokit has no method yet, and for GraphQL. */
  readonly request: Octokit["request"];
  readonly graphql: Octokit["graphql"];
  /** All pages of a list. */
  readonly paginate: Octokit["paginate"];
}

export interface ClientOptions {
  /** Told before each wait, in one sentence. */
  readonly onWait?: (message: string) => void;
  /** How a wait is spent; tests don't. */
  readonly wait?: (milliseconds: number) => Promise<unknown>;
  /** Longest wait for a limit, in seconds. @default 900 */
  readonly longestWaitSeconds?: number;
}

/** A call is tried so often in all. */
const tries = 4;

type Answer = Awaited<ReturnType<Octokit["request"]>>;

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/**
 * A client that tries again what GitHub itself got wrong (5xx, no connection), waits as long as GitHub says at a limit, and tells
 * in words what else is wrong. What GitHub made although it answered 502 is not made twice.
 */
export function githubClient(context: GithubContext, options: ClientOptions = {}): Github {
  const { onWait = () => {}, wait = sleep, longestWaitSeconds = 900 } = options;
  const { apiUrl, token, owner, repo } = context;
  const octokit = new Octokit({ auth: token, baseUrl: apiUrl, userAgent: "darkroom", log: quiet });

  octokit.hook.wrap("request", async (request, sent) => {
    const { pathname } = new URL(octokit.request.endpoint(sent).url);
    const route = `${sent.method} ${pathname}`;
    const begun = Date.now();
    /** What the try that failed has made nevertheless, as the answer that got lost. */
    const made = async (): Promise<Answer | undefined> => {
      if (sent.method !== "POST") return undefined;
      const path = pathname.slice(new URL(apiUrl).pathname.replace(/\/$/, "").length);
      const list = async (of: string, query: object) => (await octokit.request(`GET ${of}`, { ...query })).data;
      const data = await alreadyMade({ path, fields: sent }, begun, list);
      return data === undefined ? undefined : { status: 201, url: sent.url, headers: {}, data };
    };
    for (let tried = 1; ; tried += 1) {
      try {
        return await request(sent);
      } catch (error) {
        if (!isApiFailure(error)) throw error;
        const pause = pauseAfter(error, tried, Date.now());
        if (!pause) throw GithubError.of(error, route, apiUrl);
        if (tried >= tries || pause.seconds > longestWaitSeconds) throw givenUp(error, route, apiUrl, pause, tried);
        const fault = error.response ? `GitHub answered ${error.status}` : "GitHub can't be reached";
        const why = pause.why === "limit" ? "GitHub limits this token" : fault;
        onWait(`${why}: trying ${route} again in ${pause.seconds} s`);
        await wait(pause.seconds * 1000);
        const found = pause.why === "fault" ? await made() : undefined;
        if (found) return found;
      }
    }
  });
  const { rest, request, graphql, paginate } = octokit;
  return { context, at: { owner, repo }, rest, request, graphql, paginate };
}

function givenUp(
  error: ApiFailure,
  route: string,
  apiUrl: string,
  { seconds, why }: NonNullable<ReturnType<typeof pauseAfter>>,
  tried: number,
): GithubError {
  if (why === "limit") {
    const at = new Date(Date.now() + seconds * 1000).toISOString().slice(11, 16);
    const message = `GitHub limits this token at ${route} (${error.status}) until about ${at} UTC, ${seconds} s from now. Run the command again then.`;
    return new GithubError(error.status, message);
  }
  if (error.response === undefined) return GithubError.of(error, route, apiUrl);
  const message = `GitHub answered ${error.status} at ${route} in each of ${tried} tries. Run the command again later.`;
  return new GithubError(error.status, message);
}
