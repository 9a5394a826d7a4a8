/**
 * AWS's list prices in US dollars, without free tier, discounts and taxes: us-east-1 (N. Virginia), first tier. Set down
 * in November 2026 from copies of the pages named; AWS's pages themselves could not be opened from where this was
 * written. In eu-central-1, which the environments use, Lambda and Step Functions cost the same as far as we know, and
 * requests to S3 some 8 % more; that is not confirmed.
 */
export const prices = {
  region: "us-east-1",
  asOf: "2026-11",
  lambda: {
    /** https://aws.amazon.com/lambda/pricing/, Arm, first 7.5 billion GB-seconds a month. */
    usdPerGbSecond: 0.0000133334,
    usdPerRequest: 0.2 / 1e6,
  },
  s3: {
    /** https://aws.amazon.com/s3/pricing/, S3 Standard: PUT, COPY, POST, LIST. */
    usdPerWrite: 0.005 / 1000,
    /** GET and all other requests; DELETE is free. */
    usdPerRead: 0.0004 / 1000,
  },
  stepFunctions: {
    /** https://aws.amazon.com/step-functions/pricing/, Standard workflows. */
    usdPerTransition: 0.025 / 1000,
    /** Express workflows: a request a child, and its duration in steps of 64 MB and 100 ms. */
    usdPerExpressRequest: 1 / 1e6,
    usdPerExpressGbSecond: 0.00001667,
    expressGigabytes: 64 / 1024,
  },
} as const;

/** Memory at which Lambda gives one vCPU: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
export const megabytesPerVcpu = 1769;
