import { environmentWith, resource, synth } from "../support/synth";
import type { Any } from "./settings/looks";

const digest = "0".repeat(64);
const image = `333333333333.dkr.ecr.eu-central-1.amazonaws.com/processing@sha256:${digest}`;

/** Terraform's expressions may hold quotes of their own, which JSON would trip over. */
const settled = (text: string) => text.replace(/\$\{[^}"]*"[^}]*\}/g, "expression");

const policyOf = (stacks: ReturnType<typeof synth>, part: string): Any[] =>
  JSON.parse(settled(resource(stacks.compute, "aws_iam_role_policy", part).policy as string)).Statement;
const versionOf = (stacks: ReturnType<typeof synth>): string =>
  (resource(stacks.compute, "aws_lambda_function", "stream") as Any).environment.variables.PROCESSING_VERSION;

describe("processing.code.image", () => {
  const stacks = synth(
    environmentWith("prod", {
      "processing.code": { image },
      "processing.timeoutSeconds": 60,
      "processing.memoryMegabytes": 1024,
      "processing.streamConcurrency": 5,
      "processing.batchConcurrency": 7,
      "network.interfaceEndpoints": ["sts"],
    }),
  );
  const container = resource(stacks.compute, "aws_lambda_function", "processing") as Any;

  it("becomes a function of its own, no slower than its callers wait and with room for all their images", () => {
    expect(container).toMatchObject({
      function_name: "darkroom-prod-processing",
      package_type: "Image",
      image_uri: image,
      architectures: ["arm64"],
      memory_size: 1024,
      timeout: 20,
      reserved_concurrent_executions: (5 + 7) * 2,
    });
    expect(Object.keys(container)).not.toContain("environment");
  });

  it("may write its log and nothing else, and reaches nothing but S3", () => {
    const [log, attach, denied, ...others] = policyOf(stacks, "processing_role_rights");
    expect(others).toEqual([]);
    expect(log).toMatchObject({ Action: ["logs:CreateLogStream", "logs:PutLogEvents"] });
    expect(attach.Action.every((action: string) => action.startsWith("ec2:"))).toBe(true);
    expect(denied).toEqual({
      Sid: "NotTheCode",
      Effect: "Deny",
      Action: ["ec2:*"],
      Resource: ["*"],
      Condition: {
        ArnEquals: {
          "lambda:SourceFunctionArn": "arn:aws:lambda:eu-central-1:333333333333:function:darkroom-prod-processing",
        },
      },
    });
    const { subnet_ids, security_group_ids } = container.vpc_config;
    expect(subnet_ids.every((id: string) => id.includes("isolated"))).toBe(true);
    expect(security_group_ids).toEqual([expect.stringContaining("functions-network")]);
  });

  it.each(["stream", "batch"])("is called by the %s function, which may call nothing else", (part) => {
    const lambda = resource(stacks.compute, "aws_lambda_function", part) as Any;
    expect(lambda.environment.variables.PROCESSING_FUNCTION).toBe("darkroom-prod-processing");
    expect(lambda.vpc_config.security_group_ids).toEqual([
      expect.stringContaining("functions-network"),
      expect.stringContaining("processing-callers"),
    ]);
    const statements = policyOf(stacks, `${part}_role_rights`);
    expect(statements.filter(({ Action }) => Action.some((action: string) => action.startsWith("lambda:")))).toEqual([
      {
        Sid: "CallProcessing",
        Effect: "Allow",
        Action: ["lambda:InvokeFunction"],
        Resource: ["$".concat("{aws_lambda_function.processing.arn}")],
      },
    ]);
    expect(statements.find(({ Sid }) => Sid === "ExchangeFiles")).toMatchObject({
      Action: ["s3:GetObject", "s3:PutObject"],
      Resource: ["arn:aws:s3:::darkroom-prod-333333333333-eu-central-1-uploads/exchange/*"],
    });
  });

  it("is reached through NAT, or within the network where Lambda's endpoint is there", () => {
    const egress = (of: typeof stacks) =>
      resource(of.compute, "aws_vpc_security_group_egress_rule", "processing-callers").cidr_ipv4;
    expect(egress(stacks)).toBe("0.0.0.0/0");
    const endpoint = synth(
      environmentWith("prod", { "processing.code": { image }, "network.interfaceEndpoints": ["lambda"] }),
    );
    expect(egress(endpoint)).toBe("10.40.0.0/16");
  });

  it("exchanges files that S3 removes after a day", () => {
    const { rule } = resource(stacks.data, "aws_s3_bucket_lifecycle_configuration", "uploads") as Any;
    expect(rule.find(({ id }: Any) => id === "exchange")).toMatchObject({
      filter: [{ prefix: "exchange/" }],
      expiration: [{ days: 1 }],
    });
  });

  it("is watched, and drawn beside the others", () => {
    const alarms = Object.values(stacks.compute.resource.aws_cloudwatch_metric_alarm ?? {});
    const watched = alarms.filter(({ dimensions }) => (dimensions as Any)?.FunctionName === "darkroom-prod-processing");
    expect(watched.map(({ metric_name }) => metric_name).sort()).toEqual(["Errors", "Throttles"]);
    expect(resource(stacks.compute, "aws_cloudwatch_dashboard", "dashboard").dashboard_body).toContain(
      "darkroom-prod-processing",
    );
  });

  it("gives a version that changes with its digest, not with the repository it lies in", () => {
    const version = (other: string) =>
      versionOf(synth(environmentWith("prod", { "processing.code": { image: other } })));
    const moved = image.replace("/processing@", "/elsewhere:v2@");
    expect(version(moved)).toBe(version(image));
    expect(version(image.replace(digest, "1".repeat(64)))).not.toBe(version(image));
  });
});

it("without an image there is no such function, and nobody may call one", () => {
  const { compute } = synth(environmentWith("prod"));
  expect(Object.keys(compute.resource.aws_lambda_function ?? {})).not.toContain("processing");
  expect(JSON.stringify(compute.resource.aws_iam_role_policy)).not.toContain("CallProcessing");
});

it("a folder that is not there is told by file and setting", () => {
  expect(() => synth(environmentWith("prod", { "processing.code": { folder: "functions/absent" } }))).toThrow(
    "environments/prod.yaml: processing.code.folder: expected a folder with an index.ts, but there is no functions/absent. Make it with npm run processing:new -- absent, or name a folder that is there.",
  );
});
