import { S3Client } from "@aws-sdk/client-s3";
import { S3Retries } from "./s3-retries";

/**
 * The client of the functions. A request that gets no answer, or whose answer stands still, is given up and made again.
 * Region, credentials and endpoint come from Lambda's own environment.
 */
export const createS3Client = (): S3Client =>
  new S3Client({
    retryStrategy: new S3Retries(),
    requestHandler: {
      connectionTimeout: 3000,
      requestTimeout: 20_000,
      // Otherwise the SDK only warns.
      throwOnRequestTimeout: true,
      socketTimeout: 20_000,
    },
  });
