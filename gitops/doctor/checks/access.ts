import { GetOpenIDConnectProviderCommand, GetRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { githubAudience, githubIssuer } from "../../../modules/github-provider";
import { resourceName } from "../../../modules/names";
import { awsConfig } from "../../store/aws-config";
import { messageOf } from "../../user-error";
import type { AccountCheck } from "../check";
import { type Finding, fault, ok, unchecked } from "../finding";

/** How GitHub's workflows get in: the account's provider, the role that plans, the role that applies. */
export const access: AccountCheck = {
  title: "workflows' access",
  look: async ({ environment, caller: { env } }): Promise<readonly Finding[]> => {
    const { name, account, region, github } = environment;
    const iam = new IAMClient(awsConfig(env, region));
    const mend = `npm run bootstrap -- ${name}`;
    const arn = `arn:aws:iam::${account}:oidc-provider/${githubIssuer}`;
    const findings: Finding[] = [];
    const ask = async <T>(what: string, call: Promise<T>): Promise<T | undefined> => {
      try {
        return await call;
      } catch (error) {
        const kind = (error as Error).name;
        if (/^NoSuchEntity/.test(kind)) {
          const made = what.startsWith("provider") && github.oidcProvider === "exists";
          findings.push(
            fault(
              `there is no ${what}`,
              made ? `make it, or write oidcProvider: create in environments/${name}.yaml, then: ${mend}` : mend,
            ),
          );
        } else findings.push(unchecked(`${what} can't be looked at: ${kind}: ${messageOf(error)}`));
        return undefined;
      }
    };
    const request = new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn });
    const provider = await ask(`provider ${githubIssuer} in account ${account}`, iam.send(request));
    if (provider && !provider.ClientIDList?.includes(githubAudience)) {
      findings.push(fault(`the provider ${githubIssuer} does not take tokens for ${githubAudience}`, mend));
    }
    for (const part of ["plan", "apply"] as const) {
      const role = resourceName(environment, part);
      const found = await ask(`role ${role}`, iam.send(new GetRoleCommand({ RoleName: role })));
      const trust = decodeURIComponent(found?.Role?.AssumeRolePolicyDocument ?? "");
      if (found && !(trust.includes(arn) && trusts(trust, github.repository))) {
        findings.push(fault(`role ${role} does not let ${github.repository} in`, mend));
      }
    }
    return findings.length > 0 ? findings : [ok(`${githubIssuer} and the roles that plan and apply are there`)];
  },
};

/** `repo:owner/name:…`, or with GitHub's numbers `repo:owner@1/name@2:…`. */
function trusts(document: string, repository: string): boolean {
  const subjects = document.match(/repo:[^"]+/g) ?? [];
  return subjects.some((subject) => subject.replace(/@\d+/g, "").startsWith(`repo:${repository}:`));
}
