import {
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  type LifecycleRule,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutBucketLifecycleConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { dueAt } from "../../../local/expiry/due";
import { carryOutLifecycle } from "../../../local/expiry/expire";
import { farFromMidnight } from "../../fixtures/far-from-midnight";
import { startTestAccount, type TestAccount } from "../gateway/test-account";

let account: TestAccount;
let s3: S3Client;
let buckets = 0;

const day = 86_400_000;
/** An instant so many days after today's first. */
const inDays = (days: number): Date => new Date((Math.floor(Date.now() / day) + days) * day);

const newBucket = async (rules: LifecycleRule[], versioned = false) => {
  const Bucket = `bucket-${++buckets}`;
  await s3.send(new CreateBucketCommand({ Bucket }));
  if (versioned) {
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
  }
  if (rules.length > 0) {
    await s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules: rules } }));
  }
  return Bucket;
};
const put = async (Bucket: string, ...keys: string[]) => {
  for (const Key of keys) await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
};
const keysOf = async (Bucket: string) =>
  ((await s3.send(new ListObjectsV2Command({ Bucket }))).Contents ?? []).map(({ Key }) => Key);

const expireAfter = (days: number, changes: Partial<LifecycleRule> = {}): LifecycleRule => ({
  ID: "expire",
  Status: "Enabled",
  Filter: { Prefix: "images/" },
  Expiration: { Days: days },
  ...changes,
});

beforeAll(farFromMidnight);
beforeAll(async () => {
  account = await startTestAccount();
  s3 = new S3Client({ ...account.client, forcePathStyle: true });
});

afterAll(async () => {
  s3?.destroy();
  await account?.stop();
});

it("rounds the end of an object's days up to the next midnight UTC", () => {
  expect(dueAt(new Date("2014-01-15T10:30:00Z"), 3)).toEqual(new Date("2014-01-19T00:00:00Z"));
  expect(dueAt(new Date("2014-01-15T00:00:00Z"), 3)).toEqual(new Date("2014-01-18T00:00:00Z"));
});

it("removes exactly what is older than the deployed days, under the rule's prefix", async () => {
  const bucket = await newBucket([expireAfter(30)]);
  await put(bucket, "images/a", "images/b", "features/a");
  expect((await carryOutLifecycle(s3, bucket, new Date(inDays(31).getTime() - 1))).objects).toEqual([]);
  expect((await carryOutLifecycle(s3, bucket, inDays(31))).objects).toEqual(["images/a", "images/b"]);
  expect(await keysOf(bucket)).toEqual(["features/a"]);
});

it("removes nothing by a disabled rule, by another tag, or without any rule", async () => {
  const tag = { Key: "keep", Value: "no" };
  const disabled = await newBucket([expireAfter(1, { Status: "Disabled" })]);
  const tagged = await newBucket([expireAfter(1, { Filter: { And: { Prefix: "images/", Tags: [tag] } } })]);
  const without = await newBucket([]);
  for (const bucket of [disabled, tagged, without]) await put(bucket, "images/a", "images/b");
  await s3.send(new PutObjectTaggingCommand({ Bucket: tagged, Key: "images/b", Tagging: { TagSet: [tag] } }));
  expect((await carryOutLifecycle(s3, disabled, inDays(99))).objects).toEqual([]);
  expect((await carryOutLifecycle(s3, tagged, inDays(99))).objects).toEqual(["images/b"]);
  expect((await carryOutLifecycle(s3, without, inDays(99))).objects).toEqual([]);
});

it("hides a versioned object behind a delete marker, then deletes its version and the marker", async () => {
  const bucket = await newBucket(
    [
      expireAfter(5, { NoncurrentVersionExpiration: { NoncurrentDays: 2 } }),
      { ID: "markers", Status: "Enabled", Filter: { Prefix: "" }, Expiration: { ExpiredObjectDeleteMarker: true } },
    ],
    true,
  );
  await put(bucket, "images/a");
  const { VersionId } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: "images/a" }));
  expect(await carryOutLifecycle(s3, bucket, inDays(6))).toEqual({
    objects: ["images/a"],
    versions: [],
    markers: [],
    uploads: [],
  });
  expect(await keysOf(bucket)).toEqual([]);
  await s3.send(new GetObjectCommand({ Bucket: bucket, Key: "images/a", VersionId }));
  expect((await carryOutLifecycle(s3, bucket, inDays(3))).versions).toEqual(["images/a"]);
  expect((await carryOutLifecycle(s3, bucket, inDays(3))).markers).toEqual(["images/a"]);
  await expect(s3.send(new GetObjectCommand({ Bucket: bucket, Key: "images/a", VersionId }))).rejects.toThrow();
});

it("keeps as many newer noncurrent versions as the rule says", async () => {
  const bucket = await newBucket(
    [expireAfter(999, { NoncurrentVersionExpiration: { NoncurrentDays: 1, NewerNoncurrentVersions: 1 } })],
    true,
  );
  await put(bucket, "images/a", "images/a", "images/a");
  await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: "images/a" }));
  expect((await carryOutLifecycle(s3, bucket, inDays(3))).versions).toEqual(["images/a", "images/a"]);
});

it("aborts multipart uploads that were never completed", async () => {
  const bucket = await newBucket([
    {
      ID: "abort",
      Status: "Enabled",
      Filter: { Prefix: "" },
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
    },
  ]);
  await s3.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key: "large" }));
  expect((await carryOutLifecycle(s3, bucket, inDays(1))).uploads).toEqual([]);
  expect((await carryOutLifecycle(s3, bucket, inDays(3))).uploads).toEqual(["large"]);
  expect((await s3.send(new ListMultipartUploadsCommand({ Bucket: bucket }))).Uploads ?? []).toEqual([]);
});
