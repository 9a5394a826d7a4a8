import { DataAwsSsoadminInstances } from "@cdktf/provider-aws/lib/data-aws-ssoadmin-instances";
import { SsoadminApplicationAssignment } from "@cdktf/provider-aws/lib/ssoadmin-application-assignment";
import { Fn } from "cdktf";
import type { Construct } from "constructs";
import type { Environment } from "../environments/schema";
import { consoleRights } from "../modules/console-rights";
import { DirectoryGroup } from "../modules/directory-group";
import { PermissionSet } from "../modules/permission-set";
import { permissionSetName } from "../modules/permission-set-name";
import type { AnalyticsStack } from "./analytics-stack";
import { BaseStack } from "./base-stack";

type IdentityCenter = NonNullable<Environment["analytics"]["identityCenter"]>;

/**
 * What an environment needs of IAM Identity Center, in the organisation's management account: groups, who gets into Studio, and what they
 * may do in the console. A stack of its own, so that the others need no right in that account; it has one provider only, that of that
 * account, and each resource names it, so that none of them lands in the environment's account by mistake.
 */
export class IdentityStack extends BaseStack {
  constructor(scope: Construct, environment: Environment, center: IdentityCenter, analytics: AnalyticsStack) {
    super(scope, environment, "identity", {
      alias: "identity-center",
      region: center.region,
      allowedAccountIds: [center.account],
      ...assumedRole(center),
    });
    // Set by whoever runs Terraform, anew for each command (gitops/terraform/run.ts); kept in no plan and no state.
    this.addOverride("variable.phase", { type: "string", default: "plan", ephemeral: true });
    const provider = this.provider;
    const instances = new DataAwsSsoadminInstances(this, "instances", { provider });
    const first = (list: string[]): string => Fn.element(Fn.tolist(list), 0) as string;
    const [instanceArn, identityStoreId] = [first(instances.arns), first(instances.identityStoreIds)];

    const { account, name, region } = environment;
    const ours = center.groupsOwner === "darkroom";
    for (const group of environment.analytics.groups) {
      const { groupId } = new DirectoryGroup(this, group.name, {
        provider,
        identityStoreId,
        displayName: ours ? this.named(group.name) : group.name,
        own: ours ? { description: `${group.name} of ${name}`, people: group.people ?? [] } : undefined,
      });
      new SsoadminApplicationAssignment(this, `studio-${group.name}`, {
        provider,
        applicationArn: analytics.applicationArn,
        principalType: "GROUP",
        principalId: groupId,
      });
      new PermissionSet(this, `console-${group.name}`, {
        provider,
        instanceArn,
        name: permissionSetName(name, group.name),
        description: `Console and CLI of ${name} for ${group.name}`,
        sessionHours: group.sessionHours,
        statements: consoleRights({ statements: analytics.rightsOf(group.name), account, region }),
        groupId,
        account,
      });
    }
  }
}

/** Every pull request is planned, by whoever wrote it; so a plan takes a role that reads, and only an apply the one that changes. */
function assumedRole({ planRoleArn, applyRoleArn }: IdentityCenter) {
  if (planRoleArn === undefined) return {};
  const roleArn = `\${var.phase == "apply" ? "${applyRoleArn}" : "${planRoleArn}"}`;
  return { assumeRole: [{ roleArn, sessionName: "darkroom" }] };
}
