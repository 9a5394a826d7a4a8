/** An AWS account that an emulator answers for. */
export interface EmulatedAccount {
  /** Base URL with an IP address as host, so that S3 is addressed path-style: `http://127.0.0.1:4566`. */
  readonly endpoint: string;
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
}

/**
 * The environment variables that direct the AWS SDKs, Terraform's AWS provider and its S3 backend to an emulated account.
 * MiniStack takes the account from the access key. It checks no secret but that of signed URLs, which has to be its own
 * (`local/web-apps/app-process.ts`).
 */
export const awsEnvironment = ({ endpoint, account, region }: EmulatedAccount): Record<string, string> => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_ACCESS_KEY_ID: account,
  AWS_SECRET_ACCESS_KEY: "local",
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_EC2_METADATA_DISABLED: "true",
});
