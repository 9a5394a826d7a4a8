import { readTags, tagsOf, text } from "../beanstalk/resource";
import { listOf } from "../form";
import { formGap } from "../operation-gap";

export const beanstalkTags = formGap({
  name: "beanstalk-tags",
  service: "elasticbeanstalk",
  description: "Tags of the Elastic Beanstalk resources above.",
  operations: {
    ListTagsForResource: (call) => {
      const arn = text(call.form, "ResourceArn");
      const tags = Object.entries(tagsOf(call).get(arn) ?? {});
      return { ResourceArn: arn, ResourceTags: tags.map(([Key, Value]) => ({ Key, Value })) };
    },
    UpdateTagsForResource: (call) => {
      const arn = text(call.form, "ResourceArn");
      const removed = new Set(listOf(call.form, "TagsToRemove.member"));
      const kept = Object.entries(tagsOf(call).get(arn) ?? {}).filter(([key]) => !removed.has(key));
      tagsOf(call).put(arn, { ...Object.fromEntries(kept), ...readTags(call.form, "TagsToAdd.member") });
      return undefined;
    },
  },
});
