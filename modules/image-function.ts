import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { Construct } from "constructs";
import { LogGroup } from "./log-group";
import type { PolicyStatement } from "./policy";
import { ServiceRole } from "./service-role";

/** What a function runs: a zip with the handlers and the engineers' folder in it. */
export interface FunctionCode {
  readonly zipPath: string;
  /** Base64 of the zip's SHA-256. */
  readonly sha256: string;
  readonly architecture: "arm64" | "x86_64";
}

export interface ImageFunctionProps {
  readonly functionName: string;
  /** For example `stream.handler`. */
  readonly handler: string;
  readonly code: FunctionCode;
  /** Memory in MB, 512 to 10240. */
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
  /** Most calls at once; reserved, so that one function can't take another's share. */
  readonly concurrency: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly statements: readonly PolicyStatement[];
  readonly account: string;
  readonly kmsKeyArn: string;
  readonly logRetentionDays: number;
  readonly subnetIds: string[];
  readonly securityGroupIds: string[];
}

/** Rights that a function in a VPC with traces needs; AWS offers no narrower resource for them (Service Authorization Reference). */
const platformRights: PolicyStatement[] = [
  {
    sid: "AttachToNetwork",
    actions: [
      "ec2:CreateNetworkInterface",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSubnets",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeVpcs",
      "ec2:DeleteNetworkInterface",
      "ec2:AssignPrivateIpAddresses",
      "ec2:UnassignPrivateIpAddresses",
    ],
    resources: ["*"],
  },
  { sid: "WriteTraces", actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], resources: ["*"] },
];

/** A Lambda function that processes images: in the VPC, encrypted, traced, with a log group and a role of its own. */
export class ImageFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly role: ServiceRole;

  constructor(scope: Construct, id: string, props: ImageFunctionProps) {
    super(scope, id);
    const { group } = new LogGroup(this, "log", {
      logGroupName: `/aws/lambda/${props.functionName}`,
      retentionDays: props.logRetentionDays,
      kmsKeyArn: props.kmsKeyArn,
    });
    this.role = new ServiceRole(this, "role", {
      roleName: props.functionName,
      service: "lambda.amazonaws.com",
      account: props.account,
      statements: [
        {
          sid: "WriteLog",
          actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
          resources: [`${group.arn}:*`],
        },
        ...platformRights,
        ...props.statements,
      ],
    });
    const { code } = props;
    this.lambda = new LambdaFunction(this, "Default", {
      functionName: props.functionName,
      role: this.role.role.arn,
      architectures: [code.architecture],
      filename: code.zipPath,
      sourceCodeHash: code.sha256,
      runtime: "nodejs22.x",
      handler: props.handler,
      memorySize: props.memoryMegabytes,
      timeout: props.timeoutSeconds,
      reservedConcurrentExecutions: props.concurrency,
      // One arena a thread would let libvips' memory grow with every image (sharp, "Performance").
      environment: { variables: { ...props.environment, MALLOC_ARENA_MAX: "2" } },
      kmsKeyArn: props.kmsKeyArn,
      tracingConfig: { mode: "Active" },
      vpcConfig: { subnetIds: props.subnetIds, securityGroupIds: props.securityGroupIds },
      dependsOn: [group, ...this.role.rights],
    });
  }
}
