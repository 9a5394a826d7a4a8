import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { Construct } from "constructs";
import { ownName, ownNameEnd } from "../environments/own-name";
import { gpuMeterRights } from "./gpu-meter-rights";
import type { FunctionCode } from "./image-function";
import { LogGroup } from "./log-group";
import { ServiceRole } from "./service-role";

export interface GpuMeterProps {
  readonly functionName: string;
  readonly code: FunctionCode;
  /** Name of the environment, a dimension of what is measured. */
  readonly environment: string;
  readonly account: string;
  readonly region: string;
  readonly domainId: string;
  /** Names of all groups of analysts. */
  readonly groups: readonly string[];
  /** A group's role is called so, followed by the group's name. */
  readonly rolePrefix: string;
  readonly kmsKeyArn: string;
  readonly logRetentionDays: number;
}

/** Minutes between two samples, and so what each stands for. */
const sampleMinutes = 5;
/** Ends before the next sample begins. */
const timeoutSeconds = 240;

/**
 * Looks every five minutes at what runs in SageMaker, and writes down how long GPUs ran for each group: the metric `GpuMinutes`
 * (functions/gpu-meter). Outside of the VPC: it reads how things are set up and holds no data, and a guard should not fail with the network.
 */
export class GpuMeter extends Construct {
  readonly lambda: LambdaFunction;

  constructor(scope: Construct, id: string, props: GpuMeterProps) {
    super(scope, id);
    const { account, code, functionName, kmsKeyArn } = props;
    const { group } = new LogGroup(this, "log", {
      logGroupName: `/aws/lambda/${functionName}`,
      retentionDays: props.logRetentionDays,
      kmsKeyArn,
    });
    const { role, rights } = new ServiceRole(this, "role", {
      roleName: functionName,
      service: "lambda.amazonaws.com",
      account,
      statements: [
        { sid: "WriteLog", actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [`${group.arn}:*`] },
        { sid: "WriteTraces", actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], resources: ["*"] },
        ...gpuMeterRights(props),
      ],
    });
    this.lambda = new LambdaFunction(this, "Default", {
      functionName,
      role: role.arn,
      architectures: [code.architecture],
      filename: code.zipPath,
      sourceCodeHash: code.sha256,
      runtime: "nodejs22.x",
      handler: "gpu-meter.handler",
      memorySize: 256,
      timeout: timeoutSeconds,
      // Two samples at once would count twice.
      reservedConcurrentExecutions: 1,
      environment: {
        variables: {
          ENVIRONMENT: props.environment,
          DOMAIN_ID: props.domainId,
          GROUPS: props.groups.join(","),
          NAME_PREFIX: ownName(props.environment, ""),
          NAME_END: ownNameEnd,
          ROLE_PREFIX: props.rolePrefix,
          SAMPLE_MINUTES: String(sampleMinutes),
        },
      },
      kmsKeyArn,
      tracingConfig: { mode: "Active" },
      dependsOn: [group, ...rights],
    });
    this.callRegularly(functionName, account);
  }

  private callRegularly(name: string, account: string): void {
    const rule = new CloudwatchEventRule(this, "rule", {
      name,
      description: "Measures which GPUs run",
      scheduleExpression: `rate(${sampleMinutes} minutes)`,
    });
    new CloudwatchEventTarget(this, "target", { rule: rule.name, targetId: "gpu-meter", arn: this.lambda.arn });
    new LambdaPermission(this, "permission", {
      statementId: "samples",
      action: "lambda:InvokeFunction",
      functionName: this.lambda.functionName,
      principal: "events.amazonaws.com",
      sourceArn: rule.arn,
      sourceAccount: account,
    });
  }
}
