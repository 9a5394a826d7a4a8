import type { LifecycleRule, Tag } from "@aws-sdk/client-s3";

/** What a lifecycle filter looks at. */
export interface Candidate {
  readonly key: string;
  readonly sizeBytes: number;
  /** Asked only where a rule filters by tag. */
  tags(): Promise<readonly Tag[]>;
}

/** Whether a rule applies to an object or version: every condition of its filter must hold. */
export const applies = async ({ Status, Filter, Prefix }: LifecycleRule, candidate: Candidate): Promise<boolean> => {
  if (Status !== "Enabled") return false;
  const { And, Tag: single, ...own } = Filter ?? {};
  const prefix = And?.Prefix ?? own.Prefix ?? Prefix ?? "";
  const above = And?.ObjectSizeGreaterThan ?? own.ObjectSizeGreaterThan ?? -1;
  const below = And?.ObjectSizeLessThan ?? own.ObjectSizeLessThan ?? Number.POSITIVE_INFINITY;
  if (!candidate.key.startsWith(prefix) || candidate.sizeBytes <= above || candidate.sizeBytes >= below) return false;
  const wanted = [...(And?.Tags ?? []), ...(single ? [single] : [])];
  if (wanted.length === 0) return true;
  const tags = await candidate.tags();
  return wanted.every((tag) => tags.some(({ Key, Value }) => Key === tag.Key && Value === tag.Value));
};
