import type { Construct } from "constructs";
import type { Environment } from "../environments/schema";
import { applyAnalyticsRights } from "../modules/apply-analytics-rights";
import { applyIdentityRights } from "../modules/apply-identity-rights";
import { applyLimits } from "../modules/apply-limits";
import { applyNetworkRights } from "../modules/apply-network-rights";
import { applyRights, keyUsers } from "../modules/apply-rights";
import { applyStudioRights } from "../modules/apply-studio-rights";
import { Boundary } from "../modules/boundary";
import { contentRefusals } from "../modules/content-refusals";
import { GithubProvider } from "../modules/github-provider";
import { GithubRole } from "../modules/github-role";
import { githubTrust } from "../modules/github-trust";
import { type BucketPart, boundaryArn, bucketName, resourceName } from "../modules/names";
import { otherAccountRights } from "../modules/other-account-rights";
import type { PolicyStatement } from "../modules/policy";
import { readRights } from "../modules/read-rights";
import { applyStoreRights, planStoreRights } from "../modules/store-rights";

const bucketArn = (environment: Environment, part: BucketPart) => `arn:aws:s3:::${bucketName(environment, part)}`;

/** How GitHub's workflows get into the account: one role that plans, one that applies, and the boundary of all the others. */
export function buildWorkflowAccess(scope: Construct, environment: Environment, stateKeyArn: string): void {
  const { account, analytics, github, name, region } = environment;
  const named = (part: string) => resourceName(environment, part);
  const stores = {
    stateArn: bucketArn(environment, "state"),
    plansArn: bucketArn(environment, "plans"),
    stateKeyArn,
  };
  const provider = new GithubProvider(scope, "github", { account, create: github.oidcProvider === "create" });
  new Boundary(scope, "boundary", { policyName: named("boundary"), ...stores });

  const bundlesArn = bucketArn(environment, "apps");
  const contents = (["uploads", "processed", "quarantine", "logs", "analysts"] as const).map((part) =>
    bucketArn(environment, part),
  );
  const refusals = (roleArns: readonly string[], users?: readonly string[]): PolicyStatement[] =>
    contentRefusals({ bucketArns: contents, stateKeyArn, roleArns, ...(users && { keyUsers: users }) });
  // Roles in the account of IAM Identity Center: every pull request may take the one that reads, none the other.
  const { planRoleArn, applyRoleArn } = analytics.identityCenter ?? {};
  const planRoles = planRoleArn === undefined ? [] : [planRoleArn];
  const applyRoles = applyRoleArn === undefined ? planRoles : [...planRoles, applyRoleArn];
  new GithubRole(scope, "plan", {
    roleName: named("plan"),
    description: `Plans ${name}: workflows of pull requests, and on main what only looks`,
    trust: githubTrust({
      providerArn: provider.arn,
      repository: github,
      contexts: ["pull_request", "ref:refs/heads/main"],
    }),
    policies: {
      read: readRights(bundlesArn),
      store: [...planStoreRights(stores), ...otherAccountRights(planRoles)],
      contents: refusals(planRoles),
    },
    sessionHours: 1,
  });

  const names = { environment: name, account, region, prefix: resourceName(environment, "x").slice(0, -2) };
  new GithubRole(scope, "apply", {
    roleName: named("apply"),
    description: `Applies ${name}: jobs of the GitHub environment ${name}, on main`,
    trust: githubTrust({
      providerArn: provider.arn,
      repository: github,
      contexts: [`environment:${name}`],
      // The environment's own rule says so too; this one can't be edited on GitHub.
      ref: "refs/heads/main",
    }),
    policies: {
      read: readRights(bundlesArn),
      store: applyStoreRights(stores),
      services: applyRights(names),
      network: applyNetworkRights(names, bundlesArn),
      analytics: [
        ...applyAnalyticsRights(names),
        ...applyStudioRights(names, analytics.signIn),
        ...otherAccountRights(applyRoles),
      ],
      identities: applyIdentityRights(names, boundaryArn(environment)),
      contents: refusals(applyRoles, keyUsers(region)),
      limits: applyLimits({
        account,
        guardedNames: [named("plan"), named("apply")],
        boundaryArn: boundaryArn(environment),
        providerArn: provider.arn,
        ...stores,
      }),
    },
    // An MSK cluster takes up to three quarters of an hour to come or go, twice in a bad apply.
    sessionHours: 2,
  });
}
