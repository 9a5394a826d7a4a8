import { ask } from "./access";

const account = "333333333333";
const here = { "aws:RequestedRegion": "eu-central-1" };
const mapping = `arn:aws:lambda:eu-central-1:${account}:event-source-mapping:3c4b`;
const alarm = (name: string) => `arn:aws:cloudwatch:eu-central-1:${account}:alarm:${name}`;
const log = (name: string) => `arn:aws:logs:eu-central-1:${account}:log-group:/aws/elasticbeanstalk/${name}`;
const ours = "darkroom-prod-web-stream/var/log/nginx/access.log";
const beanstalks = `arn:aws:s3:::elasticbeanstalk-eu-central-1-${account}`;

// AWS Managed Policy Reference, AdministratorAccess-AWSElasticBeanstalk and AWSElasticBeanstalkManagedUpdatesCustomerRolePolicy.
describe("Beanstalk makes a web app with the rights of whoever asks, who", () => {
  it.each([
    ["cloudwatch:PutMetricAlarm", alarm("awseb-e-abc-stack-AWSEBCloudwatchAlarmHigh-1"), "allowed"],
    ["cloudwatch:DeleteAlarms", alarm("awseb-e-abc-stack-AWSEBCloudwatchAlarmLow-1"), "allowed"],
    ["cloudwatch:PutMetricAlarm", alarm("somebody-else"), "not granted"],
    ["logs:CreateLogGroup", log(ours), "allowed"],
    ["logs:PutRetentionPolicy", log(ours), "allowed"],
    ["logs:DeleteLogGroup", log(ours), "allowed"],
    ["logs:DeleteLogGroup", log("somebody-else/var/log/web.stdout.log"), "not granted"],
    ["logs:GetLogEvents", log(ours), "refused"],
    ["elasticbeanstalk:CreateStorageLocation", "*", "allowed"],
    ["s3:PutBucketOwnershipControls", beanstalks, "allowed"],
    ["s3:PutBucketPublicAccessBlock", beanstalks, "allowed"],
    ["s3:PutObjectAcl", `${beanstalks}/resources/environments/e-abc/1`, "allowed"],
    ["s3:GetObjectAcl", `${beanstalks}/resources/environments/e-abc/1`, "allowed"],
    ["s3:GetObject", "arn:aws:s3:::elasticbeanstalk-env-resources-eu-central-1/stalks/template.json", "allowed"],
    ["s3:PutObject", "arn:aws:s3:::elasticbeanstalk-env-resources-eu-central-1/stalks/template.json", "not granted"],
    ["acm:DescribeCertificate", `arn:aws:acm:eu-central-1:${account}:certificate/1`, "allowed"],
    ["cloudformation:ValidateTemplate", "*", "allowed"],
    ["ec2:DescribeInstanceAttribute", `arn:aws:ec2:eu-central-1:${account}:instance/i-1`, "allowed"],
  ])("%s on %s: %s", (action, at, answer) => {
    expect(ask("apply", action, at, here)).toBe(answer);
  });
});

it("gives an interface endpoint its name in the network", () => {
  // Service Authorization Reference, Amazon EC2, CreateVpcEndpoint: dependent actions. Route 53 is in no region.
  const global = { "aws:RequestedRegion": "us-east-1" };
  for (const at of ["arn:aws:route53:::hostedzone/Z1", `arn:aws:ec2:eu-central-1:${account}:vpc/vpc-1`]) {
    expect(ask("apply", "route53:AssociateVPCWithHostedZone", at, global)).toBe("allowed");
  }
  expect(ask("apply", "route53:ChangeResourceRecordSets", "arn:aws:route53:::hostedzone/Z1", global)).toBe(
    "not granted",
  );
});

it("tags an event source mapping as it makes it, when nothing says whose it is, and changes those of its own functions only", () => {
  expect(ask("apply", "lambda:CreateEventSourceMapping", "*", here)).toBe("allowed");
  expect(ask("apply", "lambda:TagResource", mapping)).toBe("allowed");
  expect(ask("apply", "lambda:UntagResource", mapping)).toBe("allowed");
  const of = (name: string) => ({ "lambda:FunctionArn": `arn:aws:lambda:eu-central-1:${account}:function:${name}` });
  expect(ask("apply", "lambda:DeleteEventSourceMapping", mapping, of("darkroom-prod-stream"))).toBe("allowed");
  expect(ask("apply", "lambda:DeleteEventSourceMapping", mapping, of("other"))).toBe("not granted");
});

it.each([
  "autoscaling.amazonaws.com",
  "delivery.logs.amazonaws.com",
  "elasticbeanstalk.amazonaws.com",
  "elasticloadbalancing.amazonaws.com",
  "kafka.amazonaws.com",
  "maintenance.elasticbeanstalk.amazonaws.com",
  "managedupdates.elasticbeanstalk.amazonaws.com",
  "sagemaker.amazonaws.com",
  "wafv2.amazonaws.com",
])("lets %s have its own role, which an empty account does not have", (service) => {
  const at = `arn:aws:iam::${account}:role/aws-service-role/${service}/AWSServiceRole`;
  expect(ask("apply", "iam:CreateServiceLinkedRole", at, { "iam:AWSServiceName": service })).toBe("allowed");
});
