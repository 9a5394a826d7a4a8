import { ConfiguredRetryStrategy } from "@smithy/core/retry";

/** Longest wait before a repetition, in milliseconds. */
const CAP = 5000;

/** Wait before the first repetition at most, in milliseconds. */
const BASE = 100;

/**
 * With full jitter below the cap the waits add up to 45 s on average, and to less than 20 s once in 180,000 times: a spell
 * of 20 s in which S3 answers nothing but 503 is bridged.
 */
const MOST_ATTEMPTS = 24;

/**
 * Milliseconds before repetition 1, 2, …: any time up to a ceiling that doubles from 100 ms to 5 s (full jitter: M. Brooker,
 * "Exponential Backoff And Jitter", AWS Architecture Blog).
 */
export const fullJitter = (repetition: number, random: () => number = Math.random): number =>
  Math.floor(random() * Math.min(CAP, BASE * 2 ** (repetition - 1)));

/** S3 says of these that the request should be made again, which the SDK does not know (Amazon S3 API, "Error responses"). */
const conflicts = ["ConditionalRequestConflict", "OperationAborted"];

type Token = Parameters<ConfiguredRetryStrategy["refreshRetryTokenForRetry"]>[0];
type Failure = Parameters<ConfiguredRetryStrategy["refreshRetryTokenForRetry"]>[1];

/** As after 500 repetitions' worth of success. */
const full = { getRetryCount: () => 0, getRetryDelay: () => 0, getRetryCost: () => 500 };

/**
 * Repeats what the SDK takes for passing: throttling, 500, 502, 503, 504, connections that break, and S3's conflicts. The
 * caller's AbortSignal ends it at any moment, a wait included.
 *
 * The SDK's quota of repetitions, 35 for all requests of a client together, is kept full: it would be used up in the
 * first seconds of a spell by the few requests of one call. What holds the load down instead is the cap, the function's
 * reserved concurrency, and that Lambda and Step Functions wait longer with each attempt.
 */
export class S3Retries extends ConfiguredRetryStrategy {
  constructor() {
    super(MOST_ATTEMPTS, (repetition) => fullJitter(repetition));
  }

  override refreshRetryTokenForRetry(token: Token, failure: Failure): Promise<Token> {
    this.recordSuccess(full);
    const passing = failure.error instanceof Error && conflicts.includes(failure.error.name);
    return super.refreshRetryTokenForRetry(token, passing ? { ...failure, errorType: "TRANSIENT" } : failure);
  }
}
