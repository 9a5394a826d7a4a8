import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { AwsProvider, type AwsProviderConfig } from "@cdktf/provider-aws/lib/provider";
import { Aspects, S3Backend, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Environment } from "../environments/schema";
import { boundaryArn, bucketName, type Layer, resourceName, stackName } from "../modules/names";

/** Oldest Terraform with a native S3 lock file (Terraform 1.10 release notes). */
const terraformVersion = ">= 1.10.0";
/** The stacks keep to arguments that both ends of the range have. */
const providerVersion = ">= 5.100.0, < 7.0.0";

/** What every stack of an environment has: its provider, its state in S3 with a lock file, its tags, its versions. */
export abstract class BaseStack extends TerraformStack {
  protected readonly environment: Environment;
  /** The provider of all resources of the stack. */
  protected readonly provider: AwsProvider;

  /** @param elsewhere - what the provider has otherwise than the environment's own, where the stack is in another account */
  constructor(scope: Construct, environment: Environment, layer: Layer, elsewhere: AwsProviderConfig = {}) {
    super(scope, stackName(environment, layer));
    this.environment = environment;
    this.provider = new AwsProvider(this, "aws", {
      region: environment.region,
      // An apply with the credentials of another account stops before it changes anything.
      allowedAccountIds: [environment.account],
      defaultTags: [
        {
          tags: {
            ...environment.tags,
            application: "darkroom",
            environment: environment.name,
            layer,
            owner: environment.owner,
          },
        },
      ],
      ...elsewhere,
    });
    // Not `encrypt`: it would have Terraform ask for S3's own keys (AES256) in place of the bucket's default, the environment's key.
    new S3Backend(this, {
      bucket: bucketName(environment, "state"),
      key: `${layer}.tfstate`,
      region: environment.region,
    });
    // S3BackendConfig has no useLockfile (hashicorp/terraform-cdk#3834).
    this.addOverride("terraform.backend.s3.use_lockfile", true);
    // Every role but those of the workflows themselves, also the ones that later code adds: an apply may make no other.
    if (layer !== "bootstrap") {
      Aspects.of(this).add({
        visit: (node) => {
          if (node instanceof IamRole) node.permissionsBoundary = boundaryArn(environment);
        },
      });
    }
    this.addOverride("terraform.required_version", terraformVersion);
    this.addOverride("terraform.required_providers.aws.version", providerVersion);
  }

  /** `darkroom-prod-stream`, for the part `stream`. */
  protected named(part: string): string {
    return resourceName(this.environment, part);
  }
}
