import {
  DescribeProcessingJobCommand,
  DescribeTrainingJobCommand,
  DescribeTransformJobCommand,
  paginateListProcessingJobs,
  paginateListTrainingJobs,
  paginateListTransformJobs,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import type { Instances, Named } from "./running";
import { unlessGone } from "./unless-gone";

/** Most that a page holds (SageMaker API reference, MaxResults). */
const pageSize = 100;

/** A new one for each list: the SDK's paginators write their tokens into what they are given. */
const inProgress = () => ({ StatusEquals: "InProgress" }) as const;
const instancesOf = (type: string | undefined, count = 0): Instances[] => [{ type, count }];

/** Training, processing and transform jobs whose instances run, not those that wait for instances. */
export async function* runningJobs(client: SageMakerClient): AsyncGenerator<Named> {
  yield* trainingJobs(client);
  yield* processingJobs(client);
  yield* transformJobs(client);
}

/** Jobs at work, those of tuning jobs among them, and ended ones whose instances are kept for the next (SageMaker Developer Guide, "Warm pools"). */
async function* trainingJobs(client: SageMakerClient): AsyncGenerator<Named> {
  const names = new Set<string>();
  for (const filter of [inProgress(), { WarmPoolStatusEquals: "Available" } as const]) {
    for await (const { TrainingJobSummaries = [] } of paginateListTrainingJobs({ client, pageSize }, filter)) {
      for (const { TrainingJobName = "" } of TrainingJobSummaries) names.add(TrainingJobName);
    }
  }
  for (const name of names) {
    const job = await unlessGone(client.send(new DescribeTrainingJobCommand({ TrainingJobName: name })));
    // An interrupted spot job has begun, and waits for other instances.
    const works =
      job?.TrainingJobStatus === "InProgress" && job.TrainingStartTime && job.SecondaryStatus !== "Interrupted";
    if (!works && job?.WarmPoolStatus?.Status !== "Available") continue;
    const { TrainingJobArn: arn = "", ResourceConfig = {} } = job;
    const { InstanceGroups = [], InstanceType, InstanceCount } = ResourceConfig;
    const groups = InstanceGroups.map(({ InstanceType: type, InstanceCount: count = 0 }) => ({ type, count }));
    const instances = groups.length > 0 ? groups : instancesOf(InstanceType, InstanceCount);
    yield { kind: "training-job", name, arn, instances };
  }
}

async function* processingJobs(client: SageMakerClient): AsyncGenerator<Named> {
  for await (const { ProcessingJobSummaries = [] } of paginateListProcessingJobs({ client, pageSize }, inProgress())) {
    for (const { ProcessingJobName: name = "" } of ProcessingJobSummaries) {
      const job = await unlessGone(client.send(new DescribeProcessingJobCommand({ ProcessingJobName: name })));
      if (job?.ProcessingJobStatus !== "InProgress" || !job.ProcessingStartTime) continue;
      const { InstanceType, InstanceCount } = job.ProcessingResources?.ClusterConfig ?? {};
      const { ProcessingJobArn: arn = "" } = job;
      yield { kind: "processing-job", name, arn, instances: instancesOf(InstanceType, InstanceCount) };
    }
  }
}

async function* transformJobs(client: SageMakerClient): AsyncGenerator<Named> {
  for await (const { TransformJobSummaries = [] } of paginateListTransformJobs({ client, pageSize }, inProgress())) {
    for (const { TransformJobName: name = "" } of TransformJobSummaries) {
      const job = await unlessGone(client.send(new DescribeTransformJobCommand({ TransformJobName: name })));
      if (job?.TransformJobStatus !== "InProgress" || !job.TransformStartTime) continue;
      const { InstanceType, InstanceCount } = job.TransformResources ?? {};
      const { TransformJobArn: arn = "" } = job;
      yield { kind: "transform-job", name, arn, instances: instancesOf(InstanceType, InstanceCount) };
    }
  }
}
