import type { PolicyStatement } from "./policy";

/**
 * To tag what is started, in the request that starts it and never later, so that nobody books costs on others afterwards. Studio tags
 * whatever it starts, and without this right starts nothing. Of which things, the rights to start them tell (SageMaker AI Developer Guide,
 * "Provide permissions for tagging SageMaker AI resources").
 */
export const tagRights = ({ account, region }: { account: string; region: string }): PolicyStatement => ({
  sid: "TagWhatIsStarted",
  actions: ["sagemaker:AddTags"],
  resources: [`arn:aws:sagemaker:${region}:${account}:*`],
  // The key holds the name of the action that starts something; who only tags has none.
  conditions: { Null: { "sagemaker:TaggingAction": "false" } },
});
