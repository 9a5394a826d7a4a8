import { Wafv2WebAcl, type Wafv2WebAclRule } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association";
import { Wafv2WebAclLoggingConfiguration } from "@cdktf/provider-aws/lib/wafv2-web-acl-logging-configuration";
import { Construct } from "constructs";
import { LogGroup } from "./log-group";

export interface Firewall {
  /** block: refuses. count: lets through and counts, to see what would be refused. */
  readonly mode: "block" | "count";
  /** Most requests of one address in five minutes, over all instances. */
  readonly requestsPerFiveMinutes: number;
}

export interface WebFirewallProps extends Firewall {
  readonly name: string;
  readonly loadBalancerArn: string;
  readonly logRetentionDays: number;
  readonly kmsKeyArn: string;
}

/**
 * Groups of rules that AWS keeps, and the rules of each that only count: those that look for attacks in bodies, or refuse bodies above
 * 8 kB, for bodies are images here, which the app looks at itself (AWS WAF Developer Guide, "AWS Managed Rules rule groups list").
 */
const managedGroups: Readonly<Record<string, readonly string[]>> = {
  AWSManagedRulesAmazonIpReputationList: [],
  AWSManagedRulesKnownBadInputsRuleSet: [],
  AWSManagedRulesCommonRuleSet: [
    "CrossSiteScripting_BODY",
    "EC2MetaDataSSRF_BODY",
    "GenericLFI_BODY",
    "GenericRFI_BODY",
    "SizeRestrictions_BODY",
  ],
};

const visible = (metricName: string) => ({
  cloudwatchMetricsEnabled: true,
  metricName,
  // Samples hold headers of people's requests, cookies among them.
  sampledRequestsEnabled: false,
});

/** AWS WAF in front of a web app's load balancer: addresses of ill repute, known attacks, and too many requests of one address. */
export class WebFirewall extends Construct {
  constructor(scope: Construct, id: string, props: WebFirewallProps) {
    super(scope, id);
    const { name, loadBalancerArn, mode, requestsPerFiveMinutes } = props;
    const tooMany: Wafv2WebAclRule = {
      name: "too-many-requests",
      priority: 0,
      action: mode === "block" ? { block: {} } : { count: {} },
      // Statements have no types in the bindings: their arguments are written as Terraform has them.
      statement: { rate_based_statement: { limit: requestsPerFiveMinutes, aggregate_key_type: "IP" } },
      visibilityConfig: visible("too-many-requests"),
    };
    const managed = Object.entries(managedGroups).map(
      ([group, counting], index): Wafv2WebAclRule => ({
        name: group,
        priority: index + 1,
        overrideAction: mode === "block" ? { none: {} } : { count: {} },
        statement: {
          managed_rule_group_statement: {
            vendor_name: "AWS",
            name: group,
            ...(counting.length > 0 && {
              rule_action_override: counting.map((rule) => ({ name: rule, action_to_use: { count: {} } })),
            }),
          },
        },
        visibilityConfig: visible(group),
      }),
    );
    const acl = new Wafv2WebAcl(this, "Default", {
      name,
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      rule: [tooMany, ...managed],
      visibilityConfig: visible(name),
    });
    new Wafv2WebAclAssociation(this, "load-balancer", { resourceArn: loadBalancerArn, webAclArn: acl.arn });
    this.log(acl, props);
  }

  /** Only what was refused, or in mode count would have been, and nothing that lets somebody pass for another person. */
  private log(acl: Wafv2WebAcl, { name, mode, logRetentionDays, kmsKeyArn }: WebFirewallProps): void {
    const { group } = new LogGroup(this, "log", {
      // AWS WAF writes to groups of this beginning alone (AWS WAF Developer Guide, "Amazon CloudWatch Logs").
      logGroupName: `aws-waf-logs-${name}`,
      retentionDays: logRetentionDays,
      kmsKeyArn,
    });
    new Wafv2WebAclLoggingConfiguration(this, "logging", {
      resourceArn: acl.arn,
      logDestinationConfigs: [group.arn],
      redactedFields: [
        { queryString: {} },
        { singleHeader: { name: "authorization" } },
        { singleHeader: { name: "cookie" } },
      ],
      loggingFilter: {
        defaultBehavior: "DROP",
        filter: [
          {
            behavior: "KEEP",
            requirement: "MEETS_ANY",
            condition: [{ actionCondition: { action: mode === "block" ? "BLOCK" : "COUNT" } }],
          },
        ],
      },
    });
  }
}
