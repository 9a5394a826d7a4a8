import { groupRights } from "../../modules/group-rights";
import { policyDocument } from "../../modules/policy";
import { rule } from "./rule";

/** Characters of all inline policies of a role together (IAM User Guide, "IAM and AWS STS quotas"). */
const most = 10_240;

/** What AWS makes up, as long as it ever is. */
const digits = (count: number) => "0".repeat(count);

/** A group's rights are one policy of its role, which has to fit. */
export const policySize = rule(["account", "region", "network", "analytics"], function* (settings) {
  const { account, analytics, network, region } = settings;
  const made = {
    kmsKeyArn: `arn:aws:kms:${region}:${account}:key/${digits(36)}`,
    network: {
      subnetIds: Array.from({ length: network.zones }, () => `subnet-${digits(17)}`),
      securityGroupId: `sg-${digits(17)}`,
    },
  };
  for (const [index, group] of analytics.groups.entries()) {
    // Terraform takes a dollar away where a variable of IAM's has two.
    const { length } = policyDocument(groupRights(settings, group, made)).replaceAll("$${", "${");
    if (length <= most) continue;
    const expected = `privileges of ${group.name} that fit into IAM's ${most} characters a role, not ${length}`;
    const toDo = "Name fewer instance types or prebuiltModels, or give the group a shorter name.";
    yield { path: ["analytics", "groups", index, "instanceTypes"], expected, toDo };
  }
});
