import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryFolder } from "../../environments/repository";
import { startTestAccount, type TestAccount } from "../local/gateway/test-account";
import { notebooksFolder, run, starterSettings } from "./studio";

const python = join(repositoryFolder(), ".cache/notebooks/bin/python");
const where = {
  role: "arn:aws:iam::111122223333:role/darkroom-test-analysts-image-analysts",
  subnets: ["subnet-1", "subnet-2"],
  security_groups: ["sg-1"],
  kms_key: "arn:aws:kms:eu-central-1:111122223333:key/1",
};
const settings = {
  ...starterSettings.common,
  ...starterSettings.groups["image-analysts"],
  DARKROOM_GROUP: "image-analysts",
};

let account: TestAccount;
beforeAll(async () => {
  account = await startTestAccount();
});
afterAll(() => account?.stop());

/** Runs Python with the notebooks' modules; what it prints, as JSON. */
async function ask(lines: readonly string[], env: Record<string, string> = {}): Promise<unknown> {
  const folder = join(account.folder, "ask");
  mkdirSync(folder, { recursive: true });
  const script = join(folder, "ask.py");
  const known = `where = json.loads('${JSON.stringify(where)}')`;
  writeFileSync(script, ["import json, darkroom, darkroom_jobs as jobs", known, ...lines].join("\n"));
  const { code, out } = await run(python, [script], {
    PATH: process.env.PATH,
    PYTHONPATH: notebooksFolder,
    PYTHONDONTWRITEBYTECODE: "1",
    AWS_ENDPOINT_URL: account.endpoint,
    AWS_ACCESS_KEY_ID: account.account,
    AWS_SECRET_ACCESS_KEY: "local",
    ...settings,
    ...env,
  });
  if (code !== 0) throw new Error(out);
  return JSON.parse(out);
}

const place = "s3://darkroom-test-analysts/models/image-analysts/job-1";

describe("the order of a training job", () => {
  it("is a spot instance with a time limit, in the network, with the key, and reads images where they are", async () => {
    expect(await ask(["print(json.dumps(jobs.training_request('job-1', where, hours=2, epochs=5)))"])).toEqual({
      TrainingJobName: "test-image-analysts--job-1",
      RoleArn: where.role,
      AlgorithmSpecification: {
        TrainingImage:
          "763104351884.dkr.ecr.eu-central-1.amazonaws.com/pytorch-training:2.5.1-gpu-py311-cu124-ubuntu22.04-sagemaker",
        TrainingInputMode: "File",
      },
      HyperParameters: {
        sagemaker_program: '"train.py"',
        sagemaker_submit_directory: `"${place}/source.tar.gz"`,
        epochs: "5",
      },
      InputDataConfig: [
        {
          ChannelName: "images",
          DataSource: {
            S3DataSource: {
              S3DataType: "ManifestFile",
              S3Uri: `${place}/manifest.json`,
              S3DataDistributionType: "FullyReplicated",
            },
          },
        },
        {
          ChannelName: "labels",
          DataSource: {
            S3DataSource: {
              S3DataType: "S3Prefix",
              S3Uri: `${place}/labels/`,
              S3DataDistributionType: "FullyReplicated",
            },
          },
        },
      ],
      OutputDataConfig: { S3OutputPath: `${place}/output`, KmsKeyId: where.kms_key },
      // Its own disks are encrypted by themselves, and take no key.
      ResourceConfig: { InstanceType: "ml.g5.xlarge", InstanceCount: 1, VolumeSizeInGB: 50 },
      VpcConfig: { Subnets: where.subnets, SecurityGroupIds: where.security_groups },
      StoppingCondition: { MaxRuntimeInSeconds: 7200, MaxWaitTimeInSeconds: 14_400 },
      EnableManagedSpotTraining: true,
      CheckpointConfig: { S3Uri: `${place}/checkpoints` },
      EnableInterContainerTrafficEncryption: true,
      Tags: [
        { Key: "environment", Value: "test" },
        { Key: "group", Value: "test-image-analysts" },
      ],
    });
  });

  it("has a key for the disk of an instance without disks of its own, and another container without a GPU", async () => {
    const request = await ask(["print(json.dumps(jobs.training_request('job-1', where, 1, instance='ml.m5.xlarge')))"]);
    expect(request).toMatchObject({
      AlgorithmSpecification: { TrainingImage: expect.stringContaining(":2.5.1-cpu-py311-ubuntu22.04-sagemaker") },
      ResourceConfig: { InstanceType: "ml.m5.xlarge", VolumeKmsKeyId: where.kms_key },
    });
  });

  it("is one that SageMaker's own model of its API takes", async () => {
    const faults = await ask([
      "import botocore.session, botocore.validate",
      "shape = botocore.session.get_session().get_service_model('sagemaker').operation_model('CreateTrainingJob').input_shape",
      "report = botocore.validate.ParamValidator().validate(jobs.training_request('job-1', where, 1), shape)",
      "wrong = botocore.validate.ParamValidator().validate({**jobs.training_request('job-1', where, 1), 'Spot': True}, shape)",
      "print(json.dumps([report.generate_report(), wrong.has_errors()]))",
    ]);
    expect(faults).toEqual(["", true]);
  });

  it("is not written for longer than the group may", async () => {
    await expect(ask(["jobs.training_request('job-1', where, hours=5)"])).rejects.toThrow(
      "ValueError: hours: your group may run a job for 4 hours at most, not 5.",
    );
  });
});

describe("the order of a prebuilt model", () => {
  it("is one instance in the network, with the key, and without a way out", async () => {
    expect(await ask(["print(json.dumps(jobs.prebuilt_request('look-1', 'a-model', where)))"])).toEqual([
      {
        name: "test-image-analysts--look-1",
        model_id: "a-model",
        role: where.role,
        region: "eu-central-1",
        instance_type: "ml.m5.xlarge",
        vpc_config: { Subnets: where.subnets, SecurityGroupIds: where.security_groups },
        model_kms_key: where.kms_key,
        enable_network_isolation: true,
      },
      {
        endpoint_name: "test-image-analysts--look-1",
        initial_instance_count: 1,
        instance_type: "ml.m5.xlarge",
        tags: [
          { Key: "environment", Value: "test" },
          { Key: "group", Value: "test-image-analysts" },
        ],
        kms_key: where.kms_key,
      },
    ]);
  });

  it("is not written where the group has no type that can host", async () => {
    const asked = ask(["jobs.prebuilt_request('look-1', 'a-model', where)"], {
      DARKROOM_INSTANCE_TYPES: "ml.t3.medium",
    });
    await expect(asked).rejects.toThrow(
      "ValueError: Of the types that your group may start (ml.t3.medium), SageMaker has none for ProductionVariantInstanceType.",
    );
  });

  it("is answered with classes, the likeliest first", async () => {
    const answer = "{'probabilities': [0.1, 0.7, 0.15, 0.05], 'labels': ['cup', 'cat', 'fox', 'sky']}";
    expect(await ask([`print(json.dumps(jobs.classes_of(${answer})))`])).toEqual([
      ["cat", 0.7],
      ["fox", 0.15],
      ["cup", 0.1],
    ]);
  });
});

it("role, subnets and key come from the Studio domain that the notebook runs in, and the network of jobs from Studio's start", async () => {
  const metadata = join(account.folder, "metadata.json");
  const found = await ask(
    [
      "made = darkroom.client('sagemaker').create_domain(DomainName='test', AuthMode='IAM', VpcId='vpc-1',",
      "    SubnetIds=where['subnets'][::-1], KmsKeyId=where['kms_key'],",
      "    DefaultUserSettings={'ExecutionRole': 'arn:aws:iam::1:role/none', 'SecurityGroups': ['sg-9']})",
      "domain = made['DomainArn'].split('/')[-1]",
      `open('${metadata}', 'w').write(json.dumps({'DomainId': domain, 'ExecutionRoleArn': where['role']}))`,
      `print(json.dumps(jobs.studio('${metadata}')))`,
    ],
    { DARKROOM_JOB_NETWORK: "sg-1" },
  );
  expect(found).toEqual(where);
});

it("a query goes to the group's workgroup and database, and its result comes back as a table", async () => {
  const table = await ask([
    "s3, athena = darkroom.client('s3'), darkroom.client('athena')",
    "s3.create_bucket(Bucket='results', CreateBucketConfiguration={'LocationConstraint': 'eu-central-1'})",
    "athena.create_work_group(Name=darkroom.setting('DARKROOM_WORKGROUP'), Configuration={",
    "    'ResultConfiguration': {'OutputLocation': 's3://results/queries/'}})",
    "import contextlib, io",
    "with contextlib.redirect_stdout(io.StringIO()) as said: table = darkroom.query('SELECT 1')",
    "asked = athena.list_query_executions(WorkGroup=darkroom.setting('DARKROOM_WORKGROUP'))['QueryExecutionIds']",
    "context = athena.get_query_execution(QueryExecutionId=asked[0])['QueryExecution']['QueryExecutionContext']",
    "print(json.dumps([len(table), said.getvalue().strip().split(' ', 1)[1], len(asked), context['Database']]))",
  ]);
  expect(table).toEqual([1, "MB read", 1, "darkroom_test"]);
});
