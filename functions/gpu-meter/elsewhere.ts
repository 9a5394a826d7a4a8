import { ListTagsCommand, type SageMakerClient } from "@aws-sdk/client-sagemaker";
import { unlessGone } from "./unless-gone";

/** Whatever Darkroom makes has it, and groups can start nothing without it (modules/studio-limits.ts). */
const tag = "environment";
/** Most tags of a resource, and least that a page may hold (SageMaker API reference, ListTags). */
const all = 50;

/** Whether something is of another environment in the same account, where it is counted; what has no such tag is not. */
export async function isElsewhere(client: SageMakerClient, arn: string, environment: string): Promise<boolean> {
  const found = await unlessGone(client.send(new ListTagsCommand({ ResourceArn: arn, MaxResults: all })));
  const owner = found?.Tags?.find(({ Key }) => Key === tag)?.Value;
  return owner !== undefined && owner !== environment;
}
