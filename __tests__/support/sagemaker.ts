import {
  CreateAppCommand,
  CreateDomainCommand,
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateProcessingJobCommand,
  CreateSpaceCommand,
  CreateTrainingJobCommand,
  CreateTransformJobCommand,
  CreateUserProfileCommand,
  type ProductionVariantInstanceType,
  type ResourceConfig,
  type SageMakerClient,
  type TrainingInstanceType,
} from "@aws-sdk/client-sagemaker";

const RoleArn = "arn:aws:iam::111122223333:role/any";
const output = { S3OutputPath: "s3://any/models" };

/** Tags by their names. */
type Tags = Readonly<Record<string, string>>;
const tagged = (tags: Tags) => ({ Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) });

/** A type of an endpoint, and how many instances of it. */
type Variant = readonly [ProductionVariantInstanceType, number];

/** Starts things in SageMaker as analysts do, by its real client. */
export class Analysts {
  constructor(private readonly client: SageMakerClient) {}

  async train(TrainingJobName: string, resources: Partial<ResourceConfig>, hours = 24, tags: Tags = {}): Promise<void> {
    await this.client.send(
      new CreateTrainingJobCommand({
        TrainingJobName,
        RoleArn,
        ...tagged(tags),
        AlgorithmSpecification: { TrainingInputMode: "File", TrainingImage: "any" },
        OutputDataConfig: output,
        ResourceConfig: { VolumeSizeInGB: 30, ...resources },
        StoppingCondition: { MaxRuntimeInSeconds: hours * 3600 },
      }),
    );
  }

  async process(
    ProcessingJobName: string,
    InstanceType: "ml.g5.xlarge" | "ml.m5.xlarge",
    InstanceCount = 1,
    tags: Tags = {},
  ) {
    await this.client.send(
      new CreateProcessingJobCommand({
        ProcessingJobName,
        RoleArn,
        ...tagged(tags),
        AppSpecification: { ImageUri: "any" },
        ProcessingResources: { ClusterConfig: { InstanceType, InstanceCount, VolumeSizeInGB: 30 } },
      }),
    );
  }

  async transform(
    TransformJobName: string,
    InstanceType: "ml.p3.8xlarge",
    InstanceCount = 1,
    tags: Tags = {},
  ): Promise<void> {
    await this.client.send(
      new CreateTransformJobCommand({
        TransformJobName,
        ...tagged(tags),
        ModelName: "any",
        TransformInput: { DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri: "s3://any/in" } } },
        TransformOutput: { S3OutputPath: "s3://any/out" },
        TransformResources: { InstanceType, InstanceCount },
      }),
    );
  }

  /** An endpoint, and a configuration of the same name, with a variant of each type. */
  serve(name: string, ...variants: readonly Variant[]): Promise<void> {
    return this.serveTagged(name, {}, ...variants);
  }

  /** The same with tags of the endpoint. */
  async serveTagged(name: string, tags: Tags, ...variants: readonly Variant[]): Promise<void> {
    await this.client.send(
      new CreateEndpointConfigCommand({
        EndpointConfigName: name,
        ProductionVariants: variants.map(([InstanceType, InitialInstanceCount], index) => ({
          VariantName: `v${index}`,
          ModelName: "any",
          InstanceType,
          InitialInstanceCount,
        })),
      }),
    );
    await this.client.send(
      new CreateEndpointCommand({ EndpointName: name, EndpointConfigName: name, ...tagged(tags) }),
    );
  }

  /** A domain; answers its id. */
  async domain(): Promise<string> {
    const { DomainId = "" } = await this.client.send(
      new CreateDomainCommand({ DomainName: "studio", AuthMode: "IAM", DefaultUserSettings: {} }),
    );
    return DomainId;
  }

  async profile(DomainId: string, UserProfileName: string, role: string): Promise<void> {
    const UserSettings = { ExecutionRole: `arn:aws:iam::111122223333:role/${role}` };
    await this.client.send(new CreateUserProfileCommand({ DomainId, UserProfileName, UserSettings }));
  }

  /** An app in a space; the space is private when it has an owner, else shared. */
  async open(DomainId: string, SpaceName: string, InstanceType: "ml.g5.xlarge" | "ml.t3.medium", owner?: string) {
    await this.client.send(
      new CreateSpaceCommand({
        DomainId,
        SpaceName,
        ...(owner !== undefined && { OwnershipSettings: { OwnerUserProfileName: owner } }),
      }),
    );
    const ResourceSpec = { InstanceType };
    await this.client.send(
      new CreateAppCommand({ DomainId, SpaceName, AppType: "JupyterLab", AppName: "default", ResourceSpec }),
    );
  }
}

/** `count` instances of a type, as a training job asks for them. */
export const of = (InstanceType: TrainingInstanceType, InstanceCount: number): Partial<ResourceConfig> => ({
  InstanceType,
  InstanceCount,
});
