import type { S3Request } from "./paths/host-usage";
import { megabytesPerVcpu, prices } from "./prices";

/** What a million images cost, in US dollars. */
export interface CostParts {
  readonly lambdaDuration: number;
  readonly lambdaRequests: number;
  readonly s3Writes: number;
  readonly s3Reads: number;
  /** Only of the batch. */
  readonly stepFunctions: number;
  readonly total: number;
}

export interface CostInput {
  /** Billed, with one vCPU. */
  readonly millisecondsPerImage: number;
  readonly imagesPerInvocation: number;
  readonly requestsPerImage: Readonly<Record<S3Request, number>>;
  /** Whether a Distributed Map hands the images out: one child an invocation. */
  readonly distributedMap: boolean;
}

const million = 1e6;
const imagesPerListing = 1000;

/** Lambda's price of `milliseconds` of one vCPU: memory × time, and half the memory takes twice the time. */
export const usdOfDuration = (milliseconds: number, megabytes: number = megabytesPerVcpu): number =>
  (milliseconds / 1000) * (megabytes / 1024) * prices.lambda.usdPerGbSecond;

/** docs/bench.md, "Cost", has the formula in words. */
export function costPerMillion(input: CostInput): CostParts {
  const { millisecondsPerImage, imagesPerInvocation, requestsPerImage, distributedMap } = input;
  const { put, copy, get, head } = requestsPerImage;
  const { stepFunctions, s3, lambda } = prices;
  const invocations = million / imagesPerInvocation;
  const listings = distributedMap ? million / imagesPerListing : 0;
  // A child waits as long as its function runs.
  const childSeconds = (Math.ceil((millisecondsPerImage * imagesPerInvocation) / 100) * 100) / 1000;
  const perChild =
    stepFunctions.usdPerTransition +
    stepFunctions.usdPerExpressRequest +
    childSeconds * stepFunctions.expressGigabytes * stepFunctions.usdPerExpressGbSecond;
  const parts = {
    lambdaDuration: million * usdOfDuration(millisecondsPerImage),
    lambdaRequests: invocations * lambda.usdPerRequest,
    s3Writes: (million * (put + copy) + listings) * s3.usdPerWrite,
    s3Reads: million * (get + head) * s3.usdPerRead,
    stepFunctions: distributedMap ? invocations * perChild : 0,
  };
  return { ...parts, total: Object.values(parts).reduce((sum, part) => sum + part, 0) };
}
