import { AwsError } from "../gap";
import { type JsonCall, jsonGap } from "../operation-gap";
import { page } from "../sagemaker/page";
import { arnOf, type Json, keepTags, seconds, tagsOf } from "../sagemaker/resource";

const configs = ({ context }: JsonCall) => context.state<Json>("endpoint-configs");
const endpoints = ({ context }: JsonCall) => context.state<Json>("endpoints");
const configName = ({ json }: JsonCall): string => String(json.EndpointConfigName);
const endpointName = ({ json }: JsonCall): string => String(json.EndpointName);
const configArn = (call: JsonCall): string => arnOf(call, `endpoint-config/${configName(call)}`);
const endpointArn = (call: JsonCall): string => arnOf(call, `endpoint/${endpointName(call)}`);

/** Endpoints have no error of their own for what is not there (SageMaker API reference, DescribeEndpoint). */
const known = (record: Json | undefined, what: string): Json => {
  if (record === undefined) throw new AwsError("ValidationException", `Could not find ${what}.`);
  return record;
};
const config = (call: JsonCall): Json =>
  known(configs(call).get(configName(call)), `endpoint configuration "${configArn(call)}"`);
const endpoint = (call: JsonCall): Json =>
  known(endpoints(call).get(endpointName(call)), `endpoint "${endpointArn(call)}"`);
const fresh = (record: Json | undefined, what: string): void => {
  if (record) throw new AwsError("ValidationException", `Cannot create already existing ${what}.`);
};

/** As many instances as were asked for, at once. */
const running = (variants: unknown): Json[] =>
  ((variants ?? []) as Json[]).map(({ VariantName, InitialInstanceCount: count }) => ({
    VariantName,
    ...(count !== undefined && { CurrentInstanceCount: count, DesiredInstanceCount: count }),
  }));

export const sagemakerEndpoints = jsonGap({
  name: "sagemaker-endpoints",
  service: "sagemaker",
  description:
    "SageMaker endpoints and their configurations: in service at once, with the instances asked for; no model answers.",
  operations: {
    CreateEndpointConfig: (call) => {
      fresh(configs(call).get(configName(call)), `endpoint configuration "${configArn(call)}"`);
      const { Tags: _, ...settings } = call.json;
      configs(call).put(configName(call), {
        ...settings,
        EndpointConfigArn: configArn(call),
        CreationTime: seconds(call),
      });
      keepTags(call, configArn(call));
      return { EndpointConfigArn: configArn(call) };
    },
    DescribeEndpointConfig: config,
    DeleteEndpointConfig: (call) => {
      config(call);
      configs(call).remove(configName(call));
      tagsOf(call).remove(configArn(call));
      return {};
    },
    CreateEndpoint: (call) => {
      fresh(endpoints(call).get(endpointName(call)), `endpoint "${endpointArn(call)}"`);
      const { ProductionVariants, ShadowProductionVariants } = config(call);
      endpoints(call).put(endpointName(call), {
        EndpointName: endpointName(call),
        EndpointArn: endpointArn(call),
        EndpointConfigName: configName(call),
        EndpointStatus: "InService",
        ProductionVariants: running(ProductionVariants),
        ShadowProductionVariants: running(ShadowProductionVariants),
        CreationTime: seconds(call),
        LastModifiedTime: seconds(call),
      });
      keepTags(call, endpointArn(call));
      return { EndpointArn: endpointArn(call) };
    },
    DescribeEndpoint: endpoint,
    DeleteEndpoint: (call) => {
      endpoint(call);
      endpoints(call).remove(endpointName(call));
      tagsOf(call).remove(endpointArn(call));
      return {};
    },
    ListEndpoints: (call) => {
      const { NameContains = "", StatusEquals } = call.json;
      const all = endpoints(call)
        .all()
        .filter(({ EndpointName }) => String(EndpointName).includes(String(NameContains)))
        .filter(({ EndpointStatus }) => [undefined, EndpointStatus].includes(StatusEquals));
      const { items, ...rest } = page(call, all);
      const summary = ({ EndpointName, EndpointArn, EndpointStatus, CreationTime, LastModifiedTime }: Json): Json => ({
        ...{ EndpointName, EndpointArn, EndpointStatus, CreationTime, LastModifiedTime },
      });
      return { Endpoints: items.map(summary), ...rest };
    },
  },
});
