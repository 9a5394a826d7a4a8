import { type JsonCall, jsonGap } from "../operation-gap";
import { type Tag, tagsOf } from "../sagemaker/resource";

const arnOf = ({ json }: JsonCall): string => String(json.ResourceArn);
const without = (call: JsonCall, keys: readonly string[]): Tag[] =>
  (tagsOf(call).get(arnOf(call)) ?? []).filter(({ Key }) => !keys.includes(Key));

export const sagemakerTags = jsonGap({
  name: "sagemaker-tags",
  service: "sagemaker",
  description: "Tags of the SageMaker resources above.",
  operations: {
    ListTags: (call) => ({ Tags: without(call, []) }),
    AddTags: (call) => {
      const added = call.json.Tags as readonly Tag[];
      const keys = added.map(({ Key }) => Key);
      return { Tags: tagsOf(call).put(arnOf(call), [...without(call, keys), ...added]) };
    },
    DeleteTags: (call) => {
      tagsOf(call).put(arnOf(call), without(call, call.json.TagKeys as readonly string[]));
      return {};
    },
  },
});
