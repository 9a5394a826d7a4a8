import { ask } from "./access";

const account = "333333333333";
const sagemaker = (resource: string) => `arn:aws:sagemaker:eu-central-1:${account}:${resource}`;
const key = `arn:aws:kms:eu-central-1:${account}:key/1`;
const linked = (service: string) => `arn:aws:iam::${account}:role/aws-service-role/${service}/AWSServiceRole`;

// Service Authorization Reference, Amazon SageMaker AI: CreateDomain and CreateUserProfile with their dependent actions.
it.each([
  ["sagemaker:CreateDomain", sagemaker("domain/d-1"), {}],
  ["sagemaker:CreateUserProfile", sagemaker("user-profile/d-1/ada"), {}],
  ["sagemaker:AddTags", sagemaker("domain/d-1"), {}],
  ["sagemaker:AddTags", sagemaker("user-profile/d-1/ada"), {}],
  [
    "iam:PassRole",
    `arn:aws:iam::${account}:role/darkroom-prod-analysts-image-analysts`,
    { "iam:PassedToService": "sagemaker.amazonaws.com" },
  ],
  ...["sagemaker.amazonaws.com", "elasticfilesystem.amazonaws.com"].map(
    (service) => ["iam:CreateServiceLinkedRole", linked(service), { "iam:AWSServiceName": service }] as const,
  ),
  ["kms:DescribeKey", key, {}],
] as const)("a domain and its profiles are made: %s of %s", (action, at, keys) => {
  expect(ask("apply", action, at, keys)).toBe("allowed");
});

// AWS CloudFormation registry, AWS::SageMaker::Domain, permissions of its create handler.
it.each(["kms:CreateGrant", "kms:Decrypt", "kms:GenerateDataKeyWithoutPlaintext"])(
  "the key goes to the home file system by SageMaker and EFS, and to nobody else's service: %s",
  (action) => {
    const through = (service: string) =>
      ask("apply", action, key, {
        "aws:ResourceTag/environment": "prod",
        "kms:ViaService": `${service}.eu-central-1.amazonaws.com`,
      });
    expect(["sagemaker", "elasticfilesystem"].map(through)).toEqual(["allowed", "allowed"]);
    expect(through("s3")).not.toBe("allowed");
  },
);
