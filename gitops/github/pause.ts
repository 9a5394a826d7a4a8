import type { ApiFailure } from "./github-error";

/** Why and how long to wait before the same call is made again. */
export interface Pause {
  readonly seconds: number;
  readonly why: "fault" | "limit";
}

/** Where GitHub names no time (REST API, "Best practices": wait a minute at least after a secondary limit). */
const minuteSeconds = 60;

/**
 * What a failed call asks for: to be made again after a fault of GitHub's own, after a limit when GitHub says so; nothing when
 * another try would fail as well.
 * @param tried - how often it was tried, from 1
 * @param now - in milliseconds since 1970
 */
export function pauseAfter({ status, message, response }: ApiFailure, tried: number, now: number): Pause | undefined {
  if (status >= 500) return { seconds: tried ** 2, why: "fault" };
  if (status !== 403 && status !== 429) return undefined;
  const number = (name: string): number | undefined => {
    const value = response?.headers[name];
    return value === undefined || value === "" ? undefined : Number(value);
  };
  const after = number("retry-after");
  if (after !== undefined && Number.isFinite(after)) return { seconds: after, why: "limit" };
  const reset = number("x-ratelimit-reset");
  if (number("x-ratelimit-remaining") === 0 && reset !== undefined) {
    // A second more, for GitHub's clock is not ours.
    return { seconds: Math.max(0, Math.ceil(reset - now / 1000)) + 1, why: "limit" };
  }
  return status === 429 || /secondary rate limit/i.test(message) ? { seconds: minuteSeconds, why: "limit" } : undefined;
}
