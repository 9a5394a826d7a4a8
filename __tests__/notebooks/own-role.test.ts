import { join } from "node:path";
import { repositoryFolder } from "../../environments/repository";
import { testFolder, write } from "../support/folders";
import { notebooksFolder, run, starterSettings } from "./studio";

const python = join(repositoryFolder(), ".cache/notebooks/bin/python");
const folder = testFolder();

/** What a notebook takes its role, network and key from, with stand-ins of STS and SageMaker. */
async function studio(about: object): Promise<unknown> {
  const metadata = write(join(folder, "resource-metadata.json"), JSON.stringify(about));
  const script = write(
    join(folder, "ask.py"),
    [
      "import json, types, darkroom, darkroom_jobs as jobs",
      "arn = 'arn:aws:sts::111122223333:assumed-role/darkroom-test-analysts-image-analysts/SageMaker'",
      "settings = {'SubnetIds': ['subnet-1'], 'KmsKeyId': 'key'}",
      "answers = {'sts': {'get_caller_identity': {'Arn': arn}}, 'sagemaker': {'describe_domain': settings}}",
      "def client(service):",
      "    return types.SimpleNamespace(**{name: lambda answer=answer, **_: answer for name, answer in answers[service].items()})",
      "darkroom.client = client",
      `print(json.dumps(jobs.studio('${metadata}')))`,
    ].join("\n"),
  );
  const env = {
    PATH: process.env.PATH,
    PYTHONPATH: notebooksFolder,
    PYTHONDONTWRITEBYTECODE: "1",
    ...starterSettings.common,
    DARKROOM_JOB_NETWORK: "sg-1",
  };
  const { code, out } = await run(python, [script], env);
  if (code !== 0) throw new Error(out);
  return JSON.parse(out);
}

const domain = { subnets: ["subnet-1"], security_groups: ["sg-1"], kms_key: "key" };

it("is what Studio's file says", async () => {
  const role = "arn:aws:iam::111122223333:role/another";
  expect(await studio({ DomainId: "d-1", ExecutionRoleArn: role })).toEqual({ ...domain, role });
});

it("is the caller's where the file does not say it", async () => {
  const role = "arn:aws:iam::111122223333:role/darkroom-test-analysts-image-analysts";
  expect(await studio({ DomainId: "d-1", SpaceName: "mine" })).toEqual({ ...domain, role });
});
