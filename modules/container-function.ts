import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { Construct } from "constructs";
import { LogGroup } from "./log-group";
import { ServiceRole } from "./service-role";

export interface ContainerFunctionProps {
  readonly functionName: string;
  /** Image in ECR, pinned by digest; it brings its own command. */
  readonly image: string;
  readonly architecture: "arm64" | "x86_64";
  /** Memory in MB, 512 to 10240. */
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
  /** Most calls at once; reserved, so that its callers never wait for another function. */
  readonly concurrency: number;
  readonly account: string;
  readonly region: string;
  readonly kmsKeyArn: string;
  readonly logRetentionDays: number;
  /** Subnets without a way out. */
  readonly subnetIds: string[];
  readonly securityGroupIds: string[];
}

/**
 * A container image as a Lambda function that may do nothing but write its log: it gets what it works on, and URLs to
 * put its results to. AWS attaches it to the network with the role's own rights, which the code itself is denied
 * (Lambda Developer Guide, "Giving Lambda functions access to resources in an Amazon VPC", "Security best practice").
 */
export class ContainerFunction extends Construct {
  readonly lambda: LambdaFunction;

  constructor(scope: Construct, id: string, props: ContainerFunctionProps) {
    super(scope, id);
    const { functionName, account, kmsKeyArn } = props;
    const { group } = new LogGroup(this, "log", {
      logGroupName: `/aws/lambda/${functionName}`,
      retentionDays: props.logRetentionDays,
      kmsKeyArn,
    });
    const attach = [
      "ec2:CreateNetworkInterface",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSubnets",
      "ec2:DeleteNetworkInterface",
      "ec2:AssignPrivateIpAddresses",
      "ec2:UnassignPrivateIpAddresses",
    ];
    const role = new ServiceRole(this, "role", {
      roleName: functionName,
      service: "lambda.amazonaws.com",
      account,
      statements: [
        { sid: "WriteLog", actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [`${group.arn}:*`] },
        { sid: "AttachToNetwork", actions: attach, resources: ["*"] },
        {
          sid: "NotTheCode",
          effect: "Deny",
          actions: ["ec2:*"],
          resources: ["*"],
          conditions: {
            ArnEquals: {
              "lambda:SourceFunctionArn": `arn:aws:lambda:${props.region}:${account}:function:${functionName}`,
            },
          },
        },
      ],
    });
    this.lambda = new LambdaFunction(this, "Default", {
      functionName,
      role: role.role.arn,
      packageType: "Image",
      imageUri: props.image,
      architectures: [props.architecture],
      memorySize: props.memoryMegabytes,
      timeout: props.timeoutSeconds,
      reservedConcurrentExecutions: props.concurrency,
      kmsKeyArn,
      vpcConfig: { subnetIds: props.subnetIds, securityGroupIds: props.securityGroupIds },
      dependsOn: [group, ...role.rights],
    });
  }
}
