import { ask, bucket, stateKey } from "./access";

const account = "333333333333";
const boundary = { "iam:PermissionsBoundary": `arn:aws:iam::${account}:policy/darkroom-prod-boundary` };
const role = (name: string) => `arn:aws:iam::${account}:role/${name}`;
const policy = (name: string) => `arn:aws:iam::${account}:policy/${name}`;
const provider = `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`;

it("makes roles of the environment under the boundary only", () => {
  expect(ask("apply", "iam:CreateRole", role("darkroom-prod-new"), boundary)).toBe("allowed");
  expect(ask("apply", "iam:CreateRole", role("darkroom-prod-new"))).toBe("refused");
  expect(ask("apply", "iam:CreateRole", role("darkroom-prod-new"), { "iam:PermissionsBoundary": policy("mine") })).toBe(
    "refused",
  );
  expect(ask("apply", "iam:CreateRole", role("darkroom-staging-new"), boundary)).toBe("not granted");
  expect(ask("apply", "iam:CreateRole", role("admin"), boundary)).toBe("not granted");
});

it("gives rights to bounded roles, and only those policies of AWS that the web apps need", () => {
  const stream = role("darkroom-prod-stream");
  expect(ask("apply", "iam:PutRolePolicy", stream, boundary)).toBe("allowed");
  expect(ask("apply", "iam:PutRolePolicy", stream)).toBe("refused");
  expect(ask("apply", "iam:DeleteRolePermissionsBoundary", stream, boundary)).toBe("refused");
  expect(ask("apply", "iam:PutRolePermissionsBoundary", stream, { "iam:PermissionsBoundary": policy("mine") })).toBe(
    "refused",
  );
  const attach = (name: string) =>
    ask("apply", "iam:AttachRolePolicy", stream, { ...boundary, "iam:PolicyARN": `arn:aws:iam::aws:policy/${name}` });
  expect(attach("AWSElasticBeanstalkWebTier")).toBe("allowed");
  expect(attach("AdministratorAccess")).toBe("not granted");
});

it.each([
  ["iam:PutRolePolicy", role("darkroom-prod-apply")],
  ["iam:UpdateAssumeRolePolicy", role("darkroom-prod-apply")],
  ["iam:AttachRolePolicy", role("darkroom-prod-plan")],
  ["iam:PassRole", role("darkroom-prod-apply")],
  ["iam:DeleteRole", role("darkroom-prod-plan")],
  ["iam:CreatePolicyVersion", policy("darkroom-prod-apply-limits")],
  ["iam:CreatePolicyVersion", policy("darkroom-prod-boundary")],
  ["iam:SetDefaultPolicyVersion", policy("darkroom-prod-boundary")],
  ["iam:DeletePolicy", policy("darkroom-prod-boundary")],
  ["iam:DeleteOpenIDConnectProvider", provider],
  ["iam:UpdateOpenIDConnectProviderThumbprint", provider],
  ["iam:AddClientIDToOpenIDConnectProvider", provider],
  ["iam:CreateOpenIDConnectProvider", `arn:aws:iam::${account}:oidc-provider/evil.example.com`],
  ["iam:CreateUser", `arn:aws:iam::${account}:user/me`],
  ["iam:CreateAccessKey", `arn:aws:iam::${account}:user/me`],
  ["iam:AttachGroupPolicy", `arn:aws:iam::${account}:group/admins`],
  ["sts:AssumeRole", role("OrganizationAccountAccessRole")],
  ["organizations:LeaveOrganization", "*"],
])("is refused %s on %s, for that holds itself in check", (action, at) => {
  expect(ask("apply", action, at, { ...boundary, "iam:PassedToService": "lambda.amazonaws.com" })).toBe("refused");
});

it.each([
  ["s3:DeleteBucket", bucket("state")],
  ["s3:DeleteBucketPolicy", bucket("plans")],
  ["s3:PutBucketPolicy", bucket("plans")],
  ["s3:PutBucketVersioning", bucket("state")],
  ["s3:PutLifecycleConfiguration", bucket("plans")],
  ["s3:PutEncryptionConfiguration", bucket("state")],
  ["s3:DeleteObjectVersion", bucket("state", "/data.tfstate")],
  ["s3:PutObject", bucket("plans", "/reviews/pr-1/abc/1-1/prod/prod-data/plan.tfplan")],
  ["s3:DeleteObject", bucket("plans", "/reviews/pr-1/abc/1-1/prod/prod-data/plan.tfplan")],
  ["s3:DeleteObject", bucket("plans", "/records/abc/prod/1-1.json")],
  ["kms:ScheduleKeyDeletion", stateKey],
  ["kms:DisableKey", stateKey],
  ["kms:PutKeyPolicy", stateKey],
])("is refused %s on %s, on which states and reviews stand", (action, at) => {
  expect(ask("apply", action, at, { "aws:ResourceTag/environment": "prod" })).toBe("refused");
});

it("reads plans, adds records, writes states and releases their locks", () => {
  expect(ask("apply", "s3:GetObject", bucket("plans", "/reviews/pr-1/a/1-1/prod/prod-data/plan.tfplan"))).toBe(
    "allowed",
  );
  expect(ask("apply", "s3:PutObject", bucket("plans", "/records/abc/prod/1-1.json"))).toBe("allowed");
  expect(ask("apply", "s3:PutObject", bucket("state", "/data.tfstate"))).toBe("allowed");
  expect(ask("apply", "s3:DeleteObject", bucket("state", "/data.tfstate"))).toBe("not granted");
  expect(ask("apply", "s3:DeleteObject", bucket("state", "/data.tfstate.tflock"))).toBe("allowed");
});

it("sees no image either, and uses the environment's key in a service's name only", () => {
  const key = `arn:aws:kms:eu-central-1:${account}:key/data`;
  const tag = { "aws:ResourceTag/environment": "prod" };
  expect(ask("apply", "s3:GetObject", bucket("uploads", "/originals/1.jpg"))).toBe("refused");
  expect(ask("apply", "kms:Decrypt", key, tag)).toBe("refused");
  expect(ask("apply", "kms:Decrypt", key, { ...tag, "kms:ViaService": "s3.eu-central-1.amazonaws.com" })).toBe(
    "refused",
  );
  expect(
    ask("apply", "kms:GenerateDataKey", key, { ...tag, "kms:ViaService": "lambda.eu-central-1.amazonaws.com" }),
  ).toBe("allowed");
});

it.each([
  ["lambda:UpdateFunctionCode", `arn:aws:lambda:eu-central-1:${account}:function:darkroom-prod-stream`, "allowed"],
  ["lambda:UpdateFunctionCode", `arn:aws:lambda:eu-central-1:${account}:function:other`, "not granted"],
  [
    "lambda:UpdateFunctionCode",
    `arn:aws:lambda:eu-central-1:${account}:function:darkroom-staging-stream`,
    "not granted",
  ],
  ["lambda:InvokeFunction", `arn:aws:lambda:eu-central-1:${account}:function:darkroom-prod-stream`, "refused"],
  ["states:UpdateStateMachine", `arn:aws:states:eu-central-1:${account}:stateMachine:darkroom-prod-batch`, "allowed"],
  ["cloudwatch:PutDashboard", `arn:aws:cloudwatch::${account}:dashboard/darkroom-prod-pipeline`, "allowed"],
  ["budgets:ModifyBudget", `arn:aws:budgets::${account}:budget/darkroom-prod-budget`, "allowed"],
  [
    "scheduler:UpdateSchedule",
    `arn:aws:scheduler:eu-central-1:${account}:schedule/darkroom-prod-schedules/darkroom-prod-batch`,
    "allowed",
  ],
  ["kafka:UpdateBrokerStorage", `arn:aws:kafka:eu-central-1:${account}:cluster/darkroom-prod-images/1-2`, "allowed"],
  ["logs:PutRetentionPolicy", `arn:aws:logs:eu-central-1:${account}:log-group:/darkroom/prod/kafka`, "allowed"],
  ["logs:DeleteLogGroup", `arn:aws:logs:eu-central-1:${account}:log-group:/darkroom/staging/kafka`, "not granted"],
  ["s3:PutLifecycleConfiguration", bucket("processed"), "allowed"],
  ["s3:PutBucketPolicy", "arn:aws:s3:::somebody-else", "not granted"],
])("%s on %s: %s", (action, at, answer) => {
  expect(ask("apply", action, at)).toBe(answer);
});

it("puts bundles of web apps, and reads them, as Beanstalk does in its name", () => {
  for (const action of ["s3:PutObject", "s3:GetObject", "s3:DeleteObject"]) {
    expect(ask("apply", action, bucket("apps", "/darkroom-prod-web-stream/1.zip"))).toBe("allowed");
  }
  expect(ask("plan", "s3:GetObject", bucket("apps", "/darkroom-prod-web-stream/1.zip"))).toBe("allowed");
  expect(ask("plan", "s3:PutObject", bucket("apps", "/darkroom-prod-web-stream/1.zip"))).toBe("not granted");
});

it("has CloudFormation make the rule by which people sign in, without seeing the client's secret", () => {
  const stack = `arn:aws:cloudformation:eu-central-1:${account}:stack/darkroom-prod-web-stream-sign-in/1`;
  expect(ask("apply", "cloudformation:CreateStack", stack)).toBe("allowed");
  expect(ask("plan", "cloudformation:GetTemplate", stack)).toBe("allowed");
  expect(ask("plan", "cloudformation:UpdateStack", stack)).toBe("not granted");
  const to = { "iam:PassedToService": "cloudformation.amazonaws.com" };
  expect(ask("apply", "iam:PassRole", role("darkroom-prod-web-stream-sign-in"), to)).toBe("allowed");
  const secret = `arn:aws:secretsmanager:eu-central-1:${account}:secret:darkroom/prod/web-sign-in-AbCdEf`;
  expect(ask("apply", "secretsmanager:GetSecretValue", secret)).toBe("refused");
});

it("keeps firewalls of the environment, and reads them to plan", () => {
  const acl = (name: string) => `arn:aws:wafv2:eu-central-1:${account}:regional/webacl/${name}/1`;
  expect(ask("apply", "wafv2:UpdateWebACL", acl("darkroom-prod-web-stream-firewall"))).toBe("allowed");
  expect(ask("apply", "wafv2:UpdateWebACL", acl("other"))).toBe("not granted");
  expect(ask("plan", "wafv2:GetWebACL", acl("darkroom-prod-web-stream-firewall"))).toBe("allowed");
  expect(ask("plan", "wafv2:GetLoggingConfiguration", acl("darkroom-prod-web-stream-firewall"))).toBe("allowed");
  const log = `arn:aws:logs:eu-central-1:${account}:log-group:aws-waf-logs-darkroom-prod-web-stream-firewall`;
  expect(ask("apply", "logs:PutRetentionPolicy", log)).toBe("allowed");
  expect(ask("plan", "wafv2:UpdateWebACL", acl("darkroom-prod-web-stream-firewall"))).toBe("not granted");
});

it("makes networks in the environment's region only", () => {
  expect(ask("apply", "ec2:CreateVpc", "*", { "aws:RequestedRegion": "eu-central-1" })).toBe("allowed");
  expect(ask("apply", "ec2:CreateVpc", "*", { "aws:RequestedRegion": "us-east-1" })).toBe("not granted");
});
