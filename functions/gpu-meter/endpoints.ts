import {
  DescribeEndpointCommand,
  type DescribeEndpointCommandOutput,
  DescribeEndpointConfigCommand,
  paginateListEndpoints,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import type { Instances, Named } from "./running";
import { unlessGone } from "./unless-gone";

const pageSize = 100;

/** Endpoints without instances yet, or any more; all others hold what their variants say (SageMaker API reference, EndpointStatus). */
const without = ["Creating", "Deleting", "Failed"];
const holdsInstances = (status: string | undefined): boolean => status !== undefined && !without.includes(status);

/** Endpoints with the instances that they have at this moment; serverless ones have none. */
export async function* runningEndpoints(client: SageMakerClient): AsyncGenerator<Named> {
  for await (const { Endpoints = [] } of paginateListEndpoints({ client, pageSize }, {})) {
    for (const { EndpointName: name = "", EndpointArn: arn = "", EndpointStatus } of Endpoints) {
      if (!holdsInstances(EndpointStatus)) continue;
      const instances = await instancesOf(client, name);
      if (instances.length > 0) yield { kind: "endpoint", name, arn, instances };
    }
  }
}

async function instancesOf(client: SageMakerClient, EndpointName: string): Promise<Instances[]> {
  const describe = () => unlessGone(client.send(new DescribeEndpointCommand({ EndpointName })));
  const endpoint = await describe();
  if (!holdsInstances(endpoint?.EndpointStatus)) return [];
  const { EndpointConfigName } = endpoint ?? {};
  const config = await unlessGone(client.send(new DescribeEndpointConfigCommand({ EndpointConfigName })));
  // Removed together with its endpoint; or alone, which leaves an endpoint at work whose types nothing says any more.
  if (!config && !holdsInstances((await describe())?.EndpointStatus)) return [];
  const variants = [...(config?.ProductionVariants ?? []), ...(config?.ShadowProductionVariants ?? [])];
  const types = new Map(variants.map(({ VariantName, InstanceType }) => [VariantName, InstanceType]));
  return variantsOf(endpoint).flatMap(({ VariantName, InstancePools = [], CurrentInstanceCount: count = 0 }) => {
    if (InstancePools.length === 0) return count > 0 ? [{ type: types.get(VariantName), count }] : [];
    return InstancePools.map(({ InstanceType: type, CurrentInstanceCount = 0 }) => ({
      type,
      count: CurrentInstanceCount,
    }));
  });
}

const variantsOf = (endpoint: DescribeEndpointCommandOutput | undefined) => [
  ...(endpoint?.ProductionVariants ?? []),
  ...(endpoint?.ShadowProductionVariants ?? []),
];
