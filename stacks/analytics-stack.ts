import type { Construct } from "constructs";
import { costTag } from "../environments/cost-tag";
import { ownName, withoutGroup } from "../environments/own-name";
import { profileName } from "../environments/profile-name";
import type { Environment } from "../environments/schema";
import { Budget } from "../modules/budget";
import { groupRights } from "../modules/group-rights";
import { JobNetwork } from "../modules/job-network";
import type { PolicyStatement } from "../modules/policy";
import { ServiceRole } from "../modules/service-role";
import { StudioDomain } from "../modules/studio-domain";
import { StudioNetwork } from "../modules/studio-network";
import { StudioPersonNetwork } from "../modules/studio-person-network";
import { StudioProfile } from "../modules/studio-profile";
import { AnalystData } from "./analyst-data";
import { BaseStack } from "./base-stack";
import type { DataStack } from "./data-stack";
import { guardGpus } from "./gpu-guard";
import type { NetworkStack } from "./network-stack";

/** The analysts' workspace: a Studio domain, a role a group with the rights that the administrator gave, queries, notebooks, budgets. */
export class AnalyticsStack extends BaseStack {
  /** ARN of the Studio domain in IAM Identity Center, to which groups are assigned. */
  readonly applicationArn: string;
  private readonly rights = new Map<string, readonly PolicyStatement[]>();

  constructor(scope: Construct, environment: Environment, data: DataStack, network: NetworkStack) {
    super(scope, environment, "analytics");
    const { account, alerts, analytics, network: range } = environment;
    const kmsKeyArn = data.key.arn;
    const role = (part: string, statements: PolicyStatement[]) =>
      new ServiceRole(this, part, {
        roleName: this.named(part),
        service: "sagemaker.amazonaws.com",
        account,
        statements,
      }).role;

    const place = {
      vpcId: network.vpcId,
      cidr: range.cidr,
      s3PrefixListId: network.endpoints.s3PrefixListId,
      nat: range.nat !== "none",
    };
    const { groupId } = new StudioNetwork(this, "studio-network", { ...place, name: this.named("studio") });
    const jobNetworks = new Map(
      analytics.groups.map(({ name }) => {
        const id = `jobs-${name}`;
        return [name, new JobNetwork(this, id, { ...place, name: this.named(id) }).groupId] as const;
      }),
    );
    const analystData = new AnalystData(this, environment, data, jobNetworks);
    const sso = analytics.signIn === "sso";
    const { domain } = new StudioDomain(this, "studio", {
      domainName: this.named("studio"),
      authMode: sso ? "SSO" : "IAM",
      vpcId: network.vpcId,
      subnetIds: network.subnets.privateIds,
      securityGroupId: groupId,
      kmsKeyArn,
      // Whoever is in no group signs in with a role that may do nothing.
      defaultRoleArn: role(`analysts-${withoutGroup}`, []).arn,
      idleMinutes: analytics.idleMinutes,
      startArn: analystData.startArn,
      spaces: analytics.spaces,
      keepHomeFiles: analytics.homeFiles === "keep",
    });
    this.applicationArn = domain.singleSignOnApplicationArn;

    guardGpus(this, environment, { domainId: domain.id, kmsKeyArn });
    const budget = (id: string, monthlyUsd: number, tag: [string, string]) =>
      new Budget(this, id, { budgetName: this.named(id), monthlyUsd, tag, emails: alerts.emails });
    budget("budget", analytics.monthlyBudgetUsd, ["environment", environment.name]);
    for (const group of analytics.groups) {
      const securityGroupId = jobNetworks.get(group.name) as string;
      const made = { kmsKeyArn, network: { subnetIds: network.subnets.privateIds, securityGroupId } };
      const statements = groupRights(environment, group, made);
      const { arn: roleArn } = role(`analysts-${group.name}`, statements);
      const costs = ownName(environment.name, group.name);
      budget(`budget-${group.name}`, group.monthlyBudgetUsd, [costTag, costs]);
      this.rights.set(group.name, statements);
      for (const person of group.people ?? []) {
        const profile = profileName(person);
        const id = `profile-${profile}`;
        const own = new StudioPersonNetwork(this, `apps-${profile}`, {
          name: this.named(`studio-${profile}`),
          vpcId: network.vpcId,
        });
        const securityGroupIds = [groupId, own.groupId];
        const { access } = group;
        new StudioProfile(this, id, {
          domainId: domain.id,
          person,
          costs,
          access,
          roleArn,
          securityGroupIds,
          sso,
        });
      }
    }
  }

  /** What a group may do in Studio. @throws Error for a group that the environment has not */
  rightsOf(group: string): readonly PolicyStatement[] {
    const rights = this.rights.get(group);
    if (rights === undefined) throw new Error(`there is no group ${group}`);
    return rights;
  }
}
