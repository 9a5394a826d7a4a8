import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { Construct } from "constructs";
import { policyDocument } from "./policy";

export interface BoundaryProps {
  readonly policyName: string;
  readonly stateArn: string;
  readonly plansArn: string;
  readonly stateKeyArn: string;
}

/** Services that functions, workflows, web apps and analysts use. */
const services = [
  "athena",
  "cloudwatch",
  "dynamodb",
  "ecr",
  "ec2",
  "elasticbeanstalk",
  "elasticloadbalancing",
  "glue",
  "kafka",
  "kafka-cluster",
  "kms",
  "lambda",
  "logs",
  "s3",
  "sagemaker",
  "sns",
  "sqs",
  "states",
  "xray",
];

/**
 * The most that roles of the pipeline may ever do: a boundary grants nothing, it cuts off what policies grant beyond it (IAM User
 * Guide, "Permissions boundaries for IAM entities"). No identities, and nothing of what Terraform and the reviews stand on.
 */
export class Boundary extends Construct {
  constructor(scope: Construct, id: string, { policyName, stateArn, plansArn, stateKeyArn }: BoundaryProps) {
    super(scope, id);
    new IamPolicy(this, "Default", {
      name: policyName,
      description: "The most that any role of the pipeline may do",
      policy: policyDocument([
        { sid: "PipelineServices", actions: services.map((service) => `${service}:*`), resources: ["*"] },
        // Beanstalk's own policies let it move its groups of instances and stacks on.
        { sid: "ManagedUpdates", actions: ["autoscaling:*", "cloudformation:*"], resources: ["*"] },
        { sid: "SignInSecret", actions: ["secretsmanager:GetSecretValue"], resources: ["*"] },
        {
          sid: "PassRolesToStudio",
          actions: ["iam:PassRole"],
          resources: ["*"],
          conditions: {
            StringEquals: {
              "iam:PassedToService": ["ec2.amazonaws.com", "elasticbeanstalk.amazonaws.com", "sagemaker.amazonaws.com"],
            },
          },
        },
        {
          sid: "NotWhatReviewsStandOn",
          effect: "Deny",
          actions: ["s3:*"],
          resources: [stateArn, `${stateArn}/*`, plansArn, `${plansArn}/*`],
        },
        { sid: "NotTheirKey", effect: "Deny", actions: ["kms:*"], resources: [stateKeyArn] },
        {
          sid: "NoOtherRole",
          effect: "Deny",
          actions: ["sts:AssumeRole", "sts:AssumeRoleWithWebIdentity"],
          resources: ["*"],
        },
      ]),
    });
  }
}
