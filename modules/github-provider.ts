import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { Construct } from "constructs";

/** Who signs the tokens of GitHub's workflows, without `https://`, as IAM names it. */
export const githubIssuer = "token.actions.githubusercontent.com";
/** Whom the tokens are for (GitHub Docs, "Configuring OpenID Connect in Amazon Web Services"). */
export const githubAudience = "sts.amazonaws.com";

export interface GithubProviderProps {
  readonly account: string;
  /** An account has one at most; false when something else has made it. */
  readonly create: boolean;
}

/** The account's trust in GitHub's tokens. Alone it lets nobody in: that each role decides. */
export class GithubProvider extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { account, create }: GithubProviderProps) {
    super(scope, id);
    this.arn = `arn:aws:iam::${account}:oidc-provider/${githubIssuer}`;
    if (!create) return;
    new IamOpenidConnectProvider(this, "Default", {
      url: `https://${githubIssuer}`,
      clientIdList: [githubAudience],
      // AWS trusts GitHub's certificate by its own list of authorities; a thumbprint would be kept and not looked at.
      lifecycle: { ignoreChanges: ["thumbprint_list"] },
    });
  }
}
