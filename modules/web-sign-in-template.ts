/** An OpenID Connect provider, as its discovery document describes it, and the client that the load balancers are there. */
export interface IdentityProvider {
  readonly issuer: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly userInfoEndpoint: string;
  readonly clientId: string;
  /** Name of the secret in Secrets Manager whose whole text is the client's secret. */
  readonly clientSecretName: string;
  /** Version of the secret. @default - the current one at the time of the last change */
  readonly clientSecretVersion?: string | undefined;
}

/** How long somebody stays signed in: a working day. */
const sessionSeconds = 12 * 3600;

/** The rule as CloudFormation takes it; it names the secret and does not hold it (CloudFormation User Guide, "Dynamic references"). */
export function signInTemplate(provider: IdentityProvider): object {
  const { clientSecretName, clientSecretVersion = "", ...client } = provider;
  const version = clientSecretVersion === "" ? "" : `:::${clientSecretVersion}`;
  return {
    AWSTemplateFormatVersion: "2010-09-09",
    Description: "Signs people in before their requests reach a web app",
    Parameters: { Listener: { Type: "String" }, TargetGroup: { Type: "String" } },
    Resources: {
      SignIn: {
        Type: "AWS::ElasticLoadBalancingV2::ListenerRule",
        Properties: {
          ListenerArn: { Ref: "Listener" },
          Priority: 1,
          Conditions: [{ Field: "path-pattern", PathPatternConfig: { Values: ["*"] } }],
          Actions: [
            {
              Type: "authenticate-oidc",
              Order: 1,
              AuthenticateOidcConfig: {
                Issuer: client.issuer,
                AuthorizationEndpoint: client.authorizationEndpoint,
                TokenEndpoint: client.tokenEndpoint,
                UserInfoEndpoint: client.userInfoEndpoint,
                ClientId: client.clientId,
                ClientSecret: `{{resolve:secretsmanager:${clientSecretName}:SecretString${version}}}`,
                Scope: "openid",
                SessionTimeout: String(sessionSeconds),
                // Pages ask with redirects forbidden, and tell people to sign in again (docs/apps.md).
                OnUnauthenticatedRequest: "authenticate",
              },
            },
            { Type: "forward", Order: 2, TargetGroupArn: { Ref: "TargetGroup" } },
          ],
        },
      },
    },
  };
}
