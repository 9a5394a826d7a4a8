import { createHash } from "node:crypto";
import { SagemakerStudioLifecycleConfig } from "@cdktf/provider-aws/lib/sagemaker-studio-lifecycle-config";
import { Construct } from "constructs";

export interface StudioStartProps {
  /** Begins the configuration's name; eight digits of the script's hash follow. */
  readonly name: string;
  /** Bash, at most 16384 characters as Base64 (SageMaker API, CreateStudioLifecycleConfig). */
  readonly script: string;
}

const maxCharacters = 16_384;

/**
 * What Studio runs whenever JupyterLab starts. SageMaker can't change a script, so another one has another name and takes the old one's
 * place before that is removed.
 * @throws Error when the script is too long.
 */
export class StudioStart extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { name, script }: StudioStartProps) {
    super(scope, id);
    const content = Buffer.from(script).toString("base64");
    if (content.length > maxCharacters) {
      throw new Error(
        `${this.node.path}: the script has ${content.length} characters as Base64, ${maxCharacters} at most.`,
      );
    }
    this.arn = new SagemakerStudioLifecycleConfig(this, "Default", {
      studioLifecycleConfigName: `${name}-${createHash("sha256").update(script).digest("hex").slice(0, 8)}`,
      studioLifecycleConfigAppType: "JupyterLab",
      studioLifecycleConfigContent: content,
      lifecycle: { createBeforeDestroy: true },
    }).arn;
  }
}
