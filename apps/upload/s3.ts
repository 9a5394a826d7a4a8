import { S3Client } from "@aws-sdk/client-s3";

/**
 * The app's client of S3. What it signs carries no checksum of the SDK's, which would be that of the empty body it signs.
 * Credentials and endpoint come from the environment.
 */
export const uploadClient = (region: string): S3Client =>
  new S3Client({
    region,
    requestChecksumCalculation: "WHEN_REQUIRED",
    requestHandler: { connectionTimeout: 3000, requestTimeout: 20_000, throwOnRequestTimeout: true },
  });
