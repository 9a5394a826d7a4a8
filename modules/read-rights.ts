import type { PolicyStatement } from "./policy";

/**
 * What planning reads of an account: how things are set up. Describing and listing whole services is as much as AWS's own
 * ViewOnlyAccess does; where a service's Get also reads contents, the actions are named one by one. Keys of objects can be
 * listed, for whether a bucket is there can't be asked without (S3 API reference, HeadBucket).
 */
const readActions = {
  Network: ["ec2:Describe*", "ec2:GetManagedPrefixListEntries"],
  Buckets: [
    "s3:GetAccelerateConfiguration",
    "s3:GetBucket*",
    "s3:GetEncryptionConfiguration",
    "s3:GetLifecycleConfiguration",
    "s3:GetReplicationConfiguration",
    "s3:ListBucket",
    "s3:ListTagsForResource",
  ],
  Keys: ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListAliases", "kms:ListResourceTags"],
  Identities: ["iam:GetInstanceProfile", "iam:GetOpenIDConnectProvider", "iam:GetPolicy*", "iam:GetRole*", "iam:List*"],
  Kafka: ["kafka:Describe*", "kafka:GetBootstrapBrokers", "kafka:GetClusterPolicy", "kafka:List*"],
  Functions: [
    "lambda:GetEventSourceMapping",
    "lambda:GetFunction*",
    "lambda:GetPolicy",
    "lambda:GetRuntimeManagementConfig",
    "lambda:List*",
  ],
  Batch: [
    "dynamodb:Describe*",
    "dynamodb:ListTagsOfResource",
    "events:DescribeRule",
    "events:List*",
    "scheduler:GetSchedule",
    "scheduler:GetScheduleGroup",
    "scheduler:ListTagsForResource",
    "states:DescribeStateMachine",
    "states:ListStateMachineVersions",
    "states:ListTagsForResource",
    "states:ValidateStateMachineDefinition",
  ],
  Watch: [
    "budgets:ListTagsForResource",
    "budgets:ViewBudget",
    "cloudwatch:DescribeAlarms",
    "cloudwatch:GetDashboard",
    "cloudwatch:ListTagsForResource",
    "logs:DescribeLogGroups",
    "logs:ListTagsForResource",
    "sns:GetSubscriptionAttributes",
    "sns:GetTopicAttributes",
    "sns:ListTagsForResource",
    "sqs:GetQueueAttributes",
    "sqs:GetQueueUrl",
    "sqs:ListQueueTags",
  ],
  Studio: ["sagemaker:Describe*", "sagemaker:ListTags"],
  Queries: [
    "athena:GetWorkGroup",
    "athena:ListTagsForResource",
    "glue:GetDatabase",
    "glue:GetPartitionIndexes",
    "glue:GetTable",
    "glue:GetTags",
  ],
  // Beanstalk looks at what an environment consists of with the rights of whoever asks (Beanstalk Developer Guide, "Managing user policies").
  WebApps: [
    "acm:DescribeCertificate",
    "acm:ListCertificates",
    "autoscaling:Describe*",
    "cloudformation:DescribeStack*",
    "cloudformation:GetTemplate",
    "cloudformation:ListStack*",
    "cloudformation:ValidateTemplate",
    "ecr:DescribeImages",
    "elasticbeanstalk:Describe*",
    "elasticbeanstalk:List*",
    "elasticloadbalancing:Describe*",
    "wafv2:GetLoggingConfiguration",
    "wafv2:GetWebACL*",
    "wafv2:List*",
  ],
} as const;

/**
 * To read how things are set up; never what is in them, but for the web apps' bundles: Terraform can't ask whether an object is there
 * without the right to read it (S3 API reference, HeadObject), and they are code.
 * @param bundlesArn - ARN of the bucket with the bundles.
 */
export const readRights = (bundlesArn: string): PolicyStatement[] => [
  ...Object.entries(readActions).map(([what, actions]) => ({ sid: `Read${what}`, actions, resources: ["*"] })),
  { sid: "ReadBundles", actions: ["s3:GetObject", "s3:GetObjectTagging"], resources: [`${bundlesArn}/*`] },
];
