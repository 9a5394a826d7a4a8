import { generateAuthToken, generateAuthTokenFromCredentialsProvider } from "aws-msk-iam-sasl-signer-js";
import type { OauthbearerProviderResponse } from "kafkajs";

/** Gives the keys that sign, and renews them itself where they run out (the SDK's AwsCredentialIdentityProvider). */
export type TokenCredentials = () => Promise<{
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}>;

/**
 * Signs a request to connect to MSK, which stands for a password: valid 15 minutes, or as long as the keys if that is
 * shorter. Made anew whenever it is asked for: kafkajs asks when it connects, and ten seconds before the broker would end
 * the session for its age.
 */
export async function iamToken(region: string, credentials?: TokenCredentials): Promise<OauthbearerProviderResponse> {
  const { token } = await (credentials === undefined
    ? generateAuthToken({ region })
    : generateAuthTokenFromCredentialsProvider({ region, awsCredentialsProvider: credentials }));
  return { value: token };
}
