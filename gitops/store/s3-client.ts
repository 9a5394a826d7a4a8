import { S3Client } from "@aws-sdk/client-s3";
import { awsConfig } from "./aws-config";

/** A client with the access key of an environment if it has one, else with what the AWS SDK finds (profile, web identity). */
export function s3Client(env: NodeJS.ProcessEnv, region: string): S3Client {
  const endpoint = env.AWS_ENDPOINT_URL_S3 || env.AWS_ENDPOINT_URL;
  return new S3Client({ ...awsConfig(env, region), ...(endpoint && { endpoint, forcePathStyle: true }) });
}
