import {
  AbortMultipartUploadCommand,
  DeleteObjectsCommand,
  GetBucketLifecycleConfigurationCommand,
  GetObjectTaggingCommand,
  type LifecycleRule,
  ListMultipartUploadsCommand,
  type S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { dueAt } from "./due";
import { applies, type Candidate } from "./filter";
import { type Version, versionsOf } from "./versions";

/** What an expiry run removed, by key. */
export interface Expired {
  /** Objects that readers no longer see: deleted, or hidden behind a delete marker in a versioned bucket. */
  readonly objects: readonly string[];
  /** Noncurrent versions deleted for good. */
  readonly versions: readonly string[];
  /** Delete markers with nothing behind them. */
  readonly markers: readonly string[];
  /** Incomplete multipart uploads. */
  readonly uploads: readonly string[];
}

const rulesOf = async (s3: S3Client, bucket: string): Promise<readonly LifecycleRule[]> => {
  try {
    return (await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket: bucket }))).Rules ?? [];
  } catch (error) {
    if (error instanceof S3ServiceException && error.name === "NoSuchLifecycleConfiguration") return [];
    throw error;
  }
};

const isOver = (since: Date, days: number | undefined, now: Date): boolean =>
  days !== undefined && dueAt(since, days) <= now;

/** What the rule does to the version at `now`. */
const effect = (version: Version, rule: LifecycleRule, now: Date): keyof Expired | undefined => {
  const { Expiration: expiration, NoncurrentVersionExpiration: noncurrent } = rule;
  if (version.noncurrentSince) {
    const kept = version.newerNoncurrent < (noncurrent?.NewerNoncurrentVersions ?? 0);
    return !kept && isOver(version.noncurrentSince, noncurrent?.NoncurrentDays, now) ? "versions" : undefined;
  }
  const over = isOver(version.modified, expiration?.Days, now) || (expiration?.Date && expiration.Date <= now);
  if (!version.isMarker) return over ? "objects" : undefined;
  return version.isOnly && (expiration?.ExpiredObjectDeleteMarker || over) ? "markers" : undefined;
};

/** Carries out the bucket's deployed lifecycle configuration as S3 would at `now`, and tells all that was removed. */
export const carryOutLifecycle = async (s3: S3Client, bucket: string, now: Date): Promise<Expired> => {
  const rules = await rulesOf(s3, bucket);
  const expired = { objects: [] as Version[], versions: [] as Version[], markers: [] as Version[] };
  for (const version of rules.length === 0 ? [] : await versionsOf(s3, bucket)) {
    const candidate: Candidate = {
      ...version,
      tags: async () => {
        const named = { Bucket: bucket, Key: version.key, VersionId: version.id };
        return (await s3.send(new GetObjectTaggingCommand(named))).TagSet ?? [];
      },
    };
    for (const rule of rules) {
      const kind = effect(version, rule, now);
      if (kind === undefined || kind === "uploads" || !(await applies(rule, candidate))) continue;
      expired[kind].push(version);
      break;
    }
  }
  // Without a version id: a versioned bucket keeps the version behind a delete marker.
  await remove(
    s3,
    bucket,
    expired.objects.map(({ key }) => ({ Key: key })),
  );
  const forGood = [...expired.versions, ...expired.markers];
  await remove(
    s3,
    bucket,
    forGood.map(({ key, id }) => ({ Key: key, VersionId: id })),
  );
  const keys = (versions: readonly Version[]): string[] => versions.map(({ key }) => key).sort();
  return {
    objects: keys(expired.objects),
    versions: keys(expired.versions),
    markers: keys(expired.markers),
    uploads: await abortUploads(s3, bucket, rules, now),
  };
};

const remove = async (s3: S3Client, bucket: string, objects: { Key: string; VersionId?: string }[]): Promise<void> => {
  for (let at = 0; at < objects.length; at += 1000) {
    const Delete = { Objects: objects.slice(at, at + 1000), Quiet: true };
    const { Errors = [] } = await s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete }));
    if (Errors.length > 0) {
      throw new Error(
        `${bucket}: ${Errors.map(({ Key, Message }) => `${Key} could not be deleted: ${Message}`).join("; ")}`,
      );
    }
  }
};

const abortUploads = async (
  s3: S3Client,
  bucket: string,
  rules: readonly LifecycleRule[],
  now: Date,
): Promise<string[]> => {
  if (!rules.some(({ AbortIncompleteMultipartUpload }) => AbortIncompleteMultipartUpload)) return [];
  const aborted: string[] = [];
  const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
  for (const { Key = "", UploadId, Initiated = now } of Uploads) {
    const candidate = { key: Key, sizeBytes: 0, tags: async () => [] };
    for (const rule of rules) {
      const days = rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation;
      if (!isOver(Initiated, days, now) || !(await applies(rule, candidate))) continue;
      await s3.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key, UploadId }));
      aborted.push(Key);
      break;
    }
  }
  return aborted.sort();
};
