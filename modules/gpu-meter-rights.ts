import type { PolicyStatement } from "./policy";

export interface GpuMeterRightsProps {
  readonly account: string;
  readonly region: string;
  /** Studio's domain. */
  readonly domainId: string;
}

/** What is listed. No list can be limited to a resource (Service Authorization Reference, "Amazon SageMaker AI"). */
const lists = ["Apps", "Endpoints", "ProcessingJobs", "TrainingJobs", "TransformJobs"];

/** Rights of the meter of GPUs: to see what runs, on how many instances of which type, and of which environment it says that it is. */
export function gpuMeterRights({ account, region, domainId }: GpuMeterRightsProps): PolicyStatement[] {
  const arn = (resource: string) => `arn:aws:sagemaker:${region}:${account}:${resource}`;
  const describe = (sid: string, kinds: readonly string[], resources: readonly string[]): PolicyStatement => ({
    sid,
    actions: kinds.map((kind) => `sagemaker:Describe${kind}`),
    resources: resources.map(arn),
  });
  return [
    { sid: "ListWhatRuns", actions: lists.map((kind) => `sagemaker:List${kind}`), resources: ["*"] },
    describe(
      "SeeJobs",
      ["ProcessingJob", "TrainingJob", "TransformJob"],
      ["processing-job/*", "training-job/*", "transform-job/*"],
    ),
    {
      sid: "SeeWhoseTheyAre",
      actions: ["sagemaker:ListTags"],
      resources: ["endpoint", "processing-job", "training-job", "transform-job"].map((kind) => arn(`${kind}/*`)),
    },
    describe("SeeEndpoints", ["Endpoint", "EndpointConfig"], ["endpoint/*", "endpoint-config/*"]),
    describe("SeeOwners", ["Space", "UserProfile"], [`space/${domainId}/*`, `user-profile/${domainId}/*`]),
  ];
}
