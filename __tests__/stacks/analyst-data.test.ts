import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { hiveColumns } from "../../modules/hive-columns";
import { starterPaths } from "../../stacks/starter-files";
import { environmentWith, resource, synth } from "../support/synth";

const prod = synth(environmentWith("prod"));
const { analytics } = prod;
const all = (type: string) => Object.values(analytics.resource[type] ?? {});
const policyOf = (group: string) => String(resource(analytics, "aws_iam_role_policy", `analysts-${group}`).policy);

describe("the table over the feature records", () => {
  it("reads lines of JSON, a day a partition from the first day to today, without a crawler", () => {
    const location = "s3://darkroom-prod-333333333333-eu-central-1-processed/features/";
    expect(resource(analytics, "aws_glue_catalog_table", "features")).toMatchObject({
      name: "features",
      table_type: "EXTERNAL_TABLE",
      partition_keys: [{ name: "dt", type: "string" }],
      parameters: {
        "projection.enabled": "true",
        "projection.dt.type": "date",
        "projection.dt.format": "yyyy-MM-dd",
        "projection.dt.range": "2026-01-01,NOW",
        "storage.location.template": `${location}dt=$\${dt}/`,
      },
      storage_descriptor: {
        location,
        columns: hiveColumns,
        ser_de_info: { serialization_library: "org.openx.data.jsonserde.JsonSerDe" },
      },
    });
    expect(resource(analytics, "aws_glue_catalog_database").name).toBe("darkroom_prod");
  });
});

describe("workgroups", () => {
  it("of each group that reads features limit a query and encrypt results in a place of the group's own", () => {
    expect(all("aws_athena_workgroup").map(({ name }) => name)).toEqual([
      "darkroom-prod-analysts-image-analysts",
      "darkroom-prod-analysts-image-scientists",
    ]);
    expect(resource(analytics, "aws_athena_workgroup", "queries-image-analysts")).toMatchObject({
      configuration: {
        enforce_workgroup_configuration: true,
        bytes_scanned_cutoff_per_query: 100_000_000_000,
        result_configuration: {
          output_location: "s3://darkroom-prod-333333333333-eu-central-1-analysts/queries/image-analysts/",
          expected_bucket_owner: "333333333333",
          encryption_configuration: {
            encryption_option: "SSE_KMS",
            kms_key_arn: expect.stringContaining("terraform_remote_state"),
          },
        },
      },
      tags: { group: "prod-image-analysts" },
    });
  });

  it("are for no group that may not read features, nor is a right to query", () => {
    const without = synth(environmentWith("prod", { "analytics.groups.0.data": ["processed-images"] })).analytics;
    expect(Object.values(without.resource.aws_athena_workgroup ?? {}).map(({ name }) => name)).toEqual([
      "darkroom-prod-analysts-image-scientists",
    ]);
    const policy = String(resource(without, "aws_iam_role_policy", "analysts-image-analysts").policy);
    expect(policy).not.toMatch(/athena:|glue:/);
    expect(policyOf("image-analysts")).toMatch(/athena:StartQueryExecution/);
  });
});

describe("what analysts' jobs made", () => {
  const rules = (days: number | undefined) => {
    const { data } = synth(environmentWith("prod", { "analytics.modelDays": days }));
    return resource(data, "aws_s3_bucket_lifecycle_configuration", "analysts").rule;
  };
  const status = "Enabled";
  const queries = { id: "queries", status, filter: [{ prefix: "queries/" }], expiration: [{ days: 30 }] };
  const uploads = {
    id: "abandoned-uploads",
    status,
    filter: [{ prefix: "" }],
    abort_incomplete_multipart_upload: [{ days_after_initiation: 2 }],
  };

  it("is removed after the administrator's days, or is kept where there are none", () => {
    const models = { id: "models", status, filter: [{ prefix: "models/" }], expiration: [{ days: 12 }] };
    expect(rules(12)).toEqual([queries, models, uploads]);
    expect(rules(undefined)).toEqual([queries, uploads]);
  });
});

describe("Studio's start", () => {
  const start = resource(analytics, "aws_sagemaker_studio_lifecycle_config");
  const script = Buffer.from(String(start.studio_lifecycle_config_content), "base64").toString();

  it("runs for everybody, and gives way to a changed one before it is removed", () => {
    expect(resource(analytics, "aws_sagemaker_domain")).toMatchObject({
      default_user_settings: {
        jupyter_lab_app_settings: {
          built_in_lifecycle_config_arn: "$".concat("{aws_sagemaker_studio_lifecycle_config.studio-start.arn}"),
        },
      },
    });
    const hash = createHash("sha256").update(script).digest("hex").slice(0, 8);
    expect(start).toMatchObject({
      studio_lifecycle_config_name: `darkroom-prod-start-${hash}`,
      studio_lifecycle_config_app_type: "JupyterLab",
      lifecycle: { create_before_destroy: true },
    });
  });

  it("knows where things are and what each group may start", () => {
    expect(script).toContain('starter="s3://darkroom-prod-333333333333-eu-central-1-apps/notebooks/"');
    expect(script).toContain('echo "DARKROOM_PROCESSED_BUCKET=darkroom-prod-333333333333-eu-central-1-processed"');
    expect(script).toContain('echo "DARKROOM_INSTANCE_TYPES=ml.t3.medium,ml.t3.xlarge,ml.m5.xlarge"');
  });

  it("fetches, with the starter files, which security group the jobs of each group are in", () => {
    const line = (group: string) => `${group}=$`.concat(`{aws_security_group.jobs-${group}.id}\n`);
    expect(resource(analytics, "aws_s3_object", "job-networks")).toMatchObject({
      key: "notebooks/job-networks",
      content: line("image-analysts") + line("image-scientists"),
    });
  });

  it("fetches every starter file from a key that follows from its path", () => {
    const objects = all("aws_s3_object").map(({ key, source_hash }) => [key, source_hash]);
    const hash = (path: string) =>
      createHash("sha256")
        .update(readFileSync(join(__dirname, "../../notebooks", path)))
        .digest("hex");
    expect(objects.filter(([, known]) => known !== undefined).sort()).toEqual(
      starterPaths().map((path) => [`notebooks/${path}`, hash(path)]),
    );
    expect(starterPaths()).toContain("01-explore.ipynb");
  });
});
