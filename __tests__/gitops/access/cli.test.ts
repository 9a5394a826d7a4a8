import { loadEnvironment } from "../../../environments/load";
import { accessCommand } from "../../../gitops/access/cli";
import { synthEnvironments } from "../../../stacks/build";
import { testFolder } from "../../support/folders";

const synthesized = testFolder();
beforeAll(() => synthEnvironments([loadEnvironment("prod")], synthesized));

function access(...args: string[]) {
  const said: string[] = [];
  let code = 0;
  accessCommand(
    (line) => said.push(line),
    (left) => {
      code = left;
    },
  ).parse([...args, "--synthesized", synthesized], { from: "user" });
  return { said: said.join("\n"), code };
}

const object = (bucket: string, key: string) => `arn:aws:s3:::darkroom-prod-333333333333-eu-central-1-${bucket}/${key}`;

it("tells who may do what, as the policies let it through", () => {
  expect(access("prod", "image-analysts").said).toBe(
    [
      "image-analysts may",
      "open notebooks",
      "use prebuilt models",
      "read processed images",
      "read features",
      "query features in Athena",
      "start ml.t3.medium",
      "start ml.t3.xlarge",
      "start ml.m5.xlarge",
    ].join("\n  "),
  );
});

it("tells programs the same of every group", () => {
  const { groups } = JSON.parse(access("show", "prod", "--json").said);
  expect(groups.map(({ name }: { name: string }) => name)).toEqual(["image-analysts", "image-scientists"]);
  expect(groups[1].may).toEqual(
    expect.arrayContaining(["train models", "start ml.g5.xlarge", "run one job for up to 48 hours"]),
  );
});

it.each([
  [
    "image-scientists",
    "s3:GetObject",
    object("uploads", "originals/1"),
    0,
    "allowed: ReadPrebuiltModelsAndProcessedImagesAndFeaturesAndOriginalsAndStarterNotebooks grants it.",
  ],
  ["image-analysts", "s3:GetObject", object("uploads", "originals/1"), 1, "denied: nothing grants it."],
  ["image-scientists", "s3:GetObject", object("state", "data.tfstate"), 1, "denied: NotWhatReviewsStandOn refuses it."],
])("answers whether %s may %s of %s by its exit code", (group, action, resource, code, said) => {
  const answered = access("check", "prod", group, action, resource);
  expect(answered.code).toBe(code);
  expect(answered.said.split("\n")[0]).toBe(said);
});

it.each([
  ["images/", 0, "allowed: ListProcessedImagesAndFeatures grants it."],
  ["images/2026/", 0, "allowed: ListProcessedImagesAndFeatures grants it."],
  ["features/", 0, "allowed: ListProcessedImagesAndFeatures grants it."],
  ["", 1, "denied: nothing grants it."],
  ["image", 1, "denied: nothing grants it."],
  ["other/", 1, "denied: nothing grants it."],
])("answers whether a bucket may be listed under the prefix %j", (prefix, code, said) => {
  const bucket = object("processed", "").slice(0, -1);
  const answered = access("check", "prod", "image-analysts", "s3:ListBucket", bucket, "--with", `s3:prefix=${prefix}`);
  expect([answered.code, answered.said.split("\n")[0]]).toEqual([code, said]);
});

it("takes the list of a whole bucket for none of the lists under a prefix", () => {
  for (const bucket of ["processed", "uploads", "quarantine", "analysts"].map((part) =>
    object(part, "").slice(0, -1),
  )) {
    expect(access("check", "prod", "image-scientists", "s3:ListBucket", bucket)).toEqual({
      said: "denied: nothing grants it.",
      code: 1,
    });
  }
});

it("asks for a job as the notebooks do, unless it is told otherwise", () => {
  const job = "arn:aws:sagemaker:eu-central-1:333333333333:training-job/prod-image-scientists--1";
  const check = (...more: string[]) =>
    access("check", "prod", "image-scientists", "sagemaker:CreateTrainingJob", job, ...more);
  expect(check().said).toMatch(
    /^allowed: StartTrainingAndPrebuiltModelsAndBatchInference grants it\.\nasked with .*VpcSubnets=\(what Terraform makes\)/,
  );
  expect(check("--with", "sagemaker:InstanceTypes=ml.p5.48xlarge").said).toMatch(
    /^denied: OnlyTheseInstanceTypes refuses it\./,
  );
  expect(check("--bare").said).toBe("denied: OnlyThisLong refuses it.");
});

it("names the groups there are when it is asked for another", () => {
  expect(() => access("prod", "others")).toThrow(
    "Expected a group of prod out of image-analysts, image-scientists, but got others.",
  );
});
