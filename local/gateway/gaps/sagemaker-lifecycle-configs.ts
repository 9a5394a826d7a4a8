import { type JsonCall, jsonGap } from "../operation-gap";
import { arnOf, found, type Json, keepTags, seconds, tagsOf } from "../sagemaker/resource";

const configs = ({ context }: JsonCall) => context.state<Json>("lifecycle-configs");
const nameOf = ({ json }: JsonCall): string => String(json.StudioLifecycleConfigName);
const arn = (call: JsonCall): string => arnOf(call, `studio-lifecycle-config/${nameOf(call).toLowerCase()}`);
const config = (call: JsonCall): Json =>
  found(configs(call).get(nameOf(call)), `StudioLifecycleConfig ${nameOf(call)}`);

export const sagemakerLifecycleConfigs = jsonGap({
  name: "sagemaker-lifecycle-configs",
  service: "sagemaker",
  description: "SageMaker Studio lifecycle configurations: kept and read back, never run.",
  operations: {
    CreateStudioLifecycleConfig: (call) => {
      const { Tags: _, ...settings } = call.json;
      const made = { CreationTime: seconds(call), LastModifiedTime: seconds(call) };
      configs(call).put(nameOf(call), { ...settings, ...made, StudioLifecycleConfigArn: arn(call) });
      keepTags(call, arn(call));
      return { StudioLifecycleConfigArn: arn(call) };
    },
    DescribeStudioLifecycleConfig: config,
    DeleteStudioLifecycleConfig: (call) => {
      config(call);
      configs(call).remove(nameOf(call));
      tagsOf(call).remove(arn(call));
      return {};
    },
  },
});
