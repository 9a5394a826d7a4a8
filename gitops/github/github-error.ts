import { messageOf, UserError } from "../user-error";

/** What octokit throws; a failed connection has status 500 and no response. */
export interface ApiFailure {
  readonly status: number;
  readonly message: string;
  readonly response?: {
    readonly headers: Readonly<Record<string, string | number | undefined>>;
    readonly data?: unknown;
  };
}

export const isApiFailure = (error: unknown): error is ApiFailure =>
  typeof error === "object" && error !== null && typeof (error as { status?: unknown }).status === "number";

/** GitHub's own words: its message, and for each fault what it is about. */
function wordsOf({ message, response }: ApiFailure): string {
  const data = response?.data as { message?: unknown; errors?: unknown } | undefined;
  const faults = Array.isArray(data?.errors) ? data.errors : [];
  const told = faults.map((fault: unknown) => {
    if (typeof fault === "string") return fault;
    const { resource, field, code, message: words } = fault as Readonly<Record<string, unknown>>;
    return words ? String(words) : [resource, field, code].filter(Boolean).join(" ");
  });
  return [typeof data?.message === "string" ? data.message : message, ...told].join("; ");
}

/** A call that GitHub did not carry out, in words that say what to change. */
export class GithubError extends UserError {
  override readonly name = "GithubError";

  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }

  /** @param route - for example `PUT /repos/o/r/environments/prod` */
  static of(failure: ApiFailure, route: string, apiUrl: string): GithubError {
    const { status, response } = failure;
    const says = `GitHub says: ${wordsOf(failure)}`;
    // GitHub names there what would have been enough.
    const needs = response?.headers["x-accepted-github-permissions"];
    const messages: Readonly<Record<number, string>> = {
      401: `GitHub refuses the token at ${route} (401): it is wrong or has expired. Put a valid one into GITHUB_TOKEN.`,
      403: `GitHub does not let this token do ${route} (403). ${needs ? `It needs the permission ${needs}. ` : ""}${says}`,
      404: `GitHub knows nothing at ${route} (404), or does not show it to this token. Check the repository's name and what the token may read. ${says}`,
      422: `GitHub does not take what ${route} sent (422). ${says}`,
    };
    if (response === undefined) {
      return new GithubError(status, `GitHub can't be reached at ${apiUrl}: ${messageOf(failure)}.`);
    }
    return new GithubError(status, messages[status] ?? `GitHub answered ${status} at ${route}. ${says}`);
  }
}

/** What was asked for, or undefined when GitHub has no such thing. */
export async function orMissing<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof GithubError && error.status === 404) return undefined;
    throw error;
  }
}
