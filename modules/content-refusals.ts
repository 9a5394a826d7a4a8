import { noOtherRole } from "./other-account-rights";
import type { PolicyStatement } from "./policy";

export interface ContentRefusalsProps {
  /** Buckets of images and logs, by ARN. */
  readonly bucketArns: readonly string[];
  /** The only key whose contents may be opened. */
  readonly stateKeyArn: string;
  /** Service, for example `lambda.eu-central-1.amazonaws.com`, in whose name another key may be used. @default - none */
  readonly keyUsers?: readonly string[];
  /** Roles of other accounts that may be taken. @default - none */
  readonly roleArns?: readonly string[];
}

/**
 * No workflow sees an image, a record, a log or a secret, whatever other policy comes to say: refusals go before all grants
 * (IAM User Guide, "Policy evaluation logic").
 */
export function contentRefusals(props: ContentRefusalsProps): PolicyStatement[] {
  const { bucketArns, stateKeyArn, keyUsers, roleArns = [] } = props;
  const deny = "Deny" as const;
  return [
    {
      sid: "NoImagesAndLogs",
      effect: deny,
      actions: ["s3:GetObject*", "s3:PutObject*", "s3:DeleteObject*", "s3:RestoreObject", "s3:ReplicateObject"],
      resources: bucketArns.map((arn) => `${arn}/*`),
    },
    {
      sid: "NoOtherKey",
      effect: deny,
      actions: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
      notResources: [stateKeyArn],
      ...(keyUsers && { conditions: { StringNotEquals: { "kms:ViaService": keyUsers } } }),
    },
    {
      sid: "NoContents",
      effect: deny,
      actions: [
        "dynamodb:BatchGetItem",
        "dynamodb:GetItem",
        "dynamodb:GetRecords",
        "dynamodb:PartiQL*",
        "dynamodb:Query",
        "dynamodb:Scan",
        // Beanstalk asks for it in the name of whoever deploys (AWS Managed Policy Reference,
        // "AWSElasticBeanstalkManagedUpdatesCustomerRolePolicy"); what starts an instance of a web app is Beanstalk's own.
        ...(keyUsers ? [] : ["ec2:DescribeInstanceAttribute"]),
        "ec2:GetConsole*",
        "ec2:GetPasswordData",
        "kafka-cluster:*",
        "lambda:Invoke*",
        "logs:FilterLogEvents",
        "logs:GetLog*",
        "logs:GetQueryResults",
        "logs:StartLiveTail",
        "logs:StartQuery",
        "sagemaker:CreatePresigned*",
        "sagemaker:InvokeEndpoint*",
        "secretsmanager:*",
        "sqs:ReceiveMessage",
        "ssm:GetParameter*",
        "ssm:SendCommand",
        "ssm:StartSession",
        "states:DescribeExecution",
        "states:GetExecutionHistory",
      ],
      resources: ["*"],
    },
    noOtherRole(roleArns),
  ];
}
