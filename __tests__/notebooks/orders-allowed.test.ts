import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { repositoryFolder } from "../../environments/repository";
import { groupRights } from "../../modules/group-rights";
import { policyDocument } from "../../modules/policy";
import { decide, statementsOf } from "../support/iam/decide";
import { environmentWith } from "../support/synth";
import { notebooksFolder } from "./studio";

const prod = environmentWith("prod");
const group = prod.analytics.groups.find(({ name }) => name === "image-scientists");
const kmsKeyArn = "arn:aws:kms:eu-central-1:333333333333:key/1";
const network = { subnetIds: ["subnet-1"], securityGroupId: "sg-1" };
const where = {
  role: "arn:aws:iam::333333333333:role/x",
  subnets: ["subnet-1"],
  security_groups: ["sg-1"],
  kms_key: kmsKeyArn,
};

interface Order {
  readonly TrainingJobName: string;
  readonly Tags: readonly { readonly Key: string; readonly Value: string }[];
  readonly ResourceConfig: { readonly InstanceType: string; readonly VolumeKmsKeyId?: string };
  readonly OutputDataConfig: { readonly KmsKeyId: string };
  readonly VpcConfig: { readonly Subnets: readonly string[]; readonly SecurityGroupIds: readonly string[] };
  readonly StoppingCondition: { readonly MaxRuntimeInSeconds: number };
}

/** The order of a training job on an instance type, as `02-train` writes it. */
function order(instance: string): Order {
  const python = join(repositoryFolder(), ".cache/notebooks/bin/python");
  const script = `import json, darkroom_jobs as jobs
print(json.dumps(jobs.training_request('a', json.loads('${JSON.stringify(where)}'), 2, instance='${instance}')))`;
  const env = {
    PYTHONPATH: notebooksFolder,
    PYTHONDONTWRITEBYTECODE: "1",
    DARKROOM_REGION: "eu-central-1",
    DARKROOM_CONTAINERS: "763104351884",
    DARKROOM_ENVIRONMENT: "prod",
    DARKROOM_GROUP: "image-scientists",
    DARKROOM_OWN_NAME: "prod-image-scientists",
    DARKROOM_ANALYSTS_BUCKET: "analysts",
    DARKROOM_PROCESSED_BUCKET: "processed",
    DARKROOM_MAX_RUNTIME_HOURS: "48",
  };
  return JSON.parse(execFileSync(python, ["-c", script], { env, encoding: "utf8" })) as Order;
}

/** What IAM sees of an order (Service Authorization Reference, "Amazon SageMaker AI"). */
function ask({ TrainingJobName, Tags, ...rest }: Order): string {
  if (!group) throw new Error("prod has no group image-scientists");
  const statements = statementsOf([policyDocument(groupRights(prod, group, { kmsKeyArn, network }))]);
  const { InstanceType, VolumeKmsKeyId } = rest.ResourceConfig;
  return decide(statements, {
    action: "sagemaker:CreateTrainingJob",
    resource: `arn:aws:sagemaker:eu-central-1:333333333333:training-job/${TrainingJobName}`,
    keys: {
      "sagemaker:InstanceTypes": InstanceType,
      "sagemaker:MaxRuntimeInSeconds": String(rest.StoppingCondition.MaxRuntimeInSeconds),
      "sagemaker:OutputKmsKey": rest.OutputDataConfig.KmsKeyId,
      "sagemaker:VpcSubnets": rest.VpcConfig.Subnets.join(),
      "sagemaker:VpcSecurityGroupIds": rest.VpcConfig.SecurityGroupIds.join(),
      ...(VolumeKmsKeyId && { "sagemaker:VolumeKmsKey": VolumeKmsKeyId }),
      ...Object.fromEntries(Tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value])),
    },
  });
}

it.each(["ml.g5.xlarge", "ml.m5.2xlarge", "ml.p3.2xlarge"])(
  "the order of a job on %s is within the group's rights",
  (instance) => {
    expect(ask(order(instance))).toBe("allowed");
  },
);

it("one on an instance type of no group, or without one of its tags, is not", () => {
  expect(ask(order("ml.p4d.24xlarge"))).toBe("refused");
  const { Tags, ...rest } = order("ml.g5.xlarge");
  for (const { Key } of Tags) expect(ask({ ...rest, Tags: Tags.filter((tag) => tag.Key !== Key) })).toBe("refused");
});
