import { createHash } from "node:crypto";
import {
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandInput,
  type ListObjectVersionsCommandOutput,
  S3Client,
} from "@aws-sdk/client-s3";
import sharp from "sharp";
import type { FeatureRecord } from "../../../functions/common/feature-record";
import type { RefusalRecord } from "../../../functions/common/quarantine";
import type { ChaosAccount } from "./account";
import { type Pipeline, processingVersion } from "./pipeline";
import { type ChaosRecord, inlineMaxBytes } from "./records";

/** What is not as it must be; empty lists when everything is. */
export interface Faults {
  /** Objects that must be there and are not. */
  readonly missing: string[];
  /** Objects that must not be there, failed records among them. */
  readonly unexpected: string[];
  /** Objects that were written more than once. */
  readonly twice: string[];
  /** Objects with something else in them. */
  readonly mixedUp: string[];
}

interface Expected {
  readonly record: ChaosRecord;
  readonly part: "original" | "tile" | "features" | "reason";
}

/** A large image stays where its producer put it. */
const originalKey = ({ id, day, bytes }: ChaosRecord): string =>
  bytes.length > inlineMaxBytes
    ? `claims/dt=${day}/${id}-${createHash("sha256").update(bytes).digest("hex").slice(0, 16)}`
    : `originals/dt=${day}/${id}`;

/** `bucket/key` of every object that must be there. Written out here, so that the functions' own keys are checked, too. */
function expectedObjects({ buckets }: Pipeline, records: readonly ChaosRecord[]): Map<string, Expected> {
  const { uploads, processed, quarantine } = buckets;
  const objects = new Map<string, Expected>();
  for (const record of records) {
    const { id, day } = record;
    const place = `dt=${day}/${id}`;
    if (record.expected.state === "processed") {
      objects.set(`${uploads}/${originalKey(record)}`, { record, part: "original" });
      objects.set(`${processed}/images/${place}/${processingVersion}/tile.png`, { record, part: "tile" });
      objects.set(`${processed}/features/${place}-${processingVersion}.json`, { record, part: "features" });
    } else {
      objects.set(`${quarantine}/refused/${place}/original`, { record, part: "original" });
      objects.set(`${quarantine}/refused/${place}/reason.json`, { record, part: "reason" });
    }
  }
  return objects;
}

/** Every version of every object: `bucket/key` and its ETag. */
async function storedVersions(account: ChaosAccount, { buckets }: Pipeline): Promise<[string, string][]> {
  const client = new S3Client({ ...account.client, forcePathStyle: true });
  const found: [string, string][] = [];
  for (const Bucket of Object.values(buckets)) {
    let at: Pick<ListObjectVersionsCommandInput, "KeyMarker" | "VersionIdMarker"> = {};
    let more = true;
    while (more) {
      const page: ListObjectVersionsCommandOutput = await client.send(new ListObjectVersionsCommand({ Bucket, ...at }));
      for (const { Key, ETag } of page.Versions ?? [])
        found.push([`${Bucket}/${Key}`, (ETag ?? "").replaceAll('"', "")]);
      for (const { Key } of page.DeleteMarkers ?? []) found.push([`${Bucket}/${Key}`, "deleted"]);
      at = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
      more = page.IsTruncated ?? false;
    }
  }
  client.destroy();
  return found;
}

const md5 = (bytes: Buffer): string => createHash("md5").update(bytes).digest("hex");

/** The object's bytes, by a plain request: thousands of them are read. */
async function read({ client, ministack }: ChaosAccount, object: string): Promise<Buffer> {
  const { accessKeyId } = client.credentials;
  const scope = `${accessKeyId}/20260101/${client.region}/s3/aws4_request`;
  const response = await fetch(`${ministack.endpoint}/${object.split("/").map(encodeURIComponent).join("/")}`, {
    headers: { authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0` },
  });
  if (!response.ok) throw new Error(`GET ${object}: ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}

/** Whether the object holds what belongs to the record, and to no other. */
async function isRight(content: () => Promise<Buffer>, etag: string, { record, part }: Expected): Promise<boolean> {
  const { expected, id, name, day, bytes } = record;
  if (part === "original") return etag === md5(bytes);
  if (expected.state === "refused") {
    const reason = JSON.parse((await content()).toString()) as RefusalRecord;
    return reason.imageId === id && reason.name === name && reason.reason === expected.reason;
  }
  const { colour } = expected;
  if (part === "tile") {
    const { data, info } = await sharp(await content())
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const pixels = Array.from({ length: data.length / 3 }, (_, at) => data.subarray(at * 3, at * 3 + 3));
    const side = Math.min(record.side, 64);
    return (
      info.width === side && info.height === side && pixels.every((pixel) => colour.every((c, at) => pixel[at] === c))
    );
  }
  const { imageId, original, outputs, features, ...line } = JSON.parse((await content()).toString()) as FeatureRecord;
  const luma = 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2];
  return (
    imageId === id &&
    line.name === name &&
    original.key === originalKey(record) &&
    original.sizeBytes === bytes.length &&
    outputs.length === 1 &&
    outputs[0]?.key === `images/dt=${day}/${id}/${processingVersion}/tile.png` &&
    features.width === record.side &&
    Math.abs(features.meanBrightness - luma) < 1
  );
}

/**
 * Compares the whole content of the pipeline's buckets, from keys to pixels, with what the records must become.
 * @param featuresEach every how many feature records one is read; of the others only the key is looked at.
 */
export async function faultsOf(
  account: ChaosAccount,
  pipeline: Pipeline,
  records: readonly ChaosRecord[],
  featuresEach = 1,
): Promise<Faults> {
  const expected = expectedObjects(pipeline, records);
  const versions = await storedVersions(account, pipeline);
  const stored = new Map(versions);
  const mixedUp: string[] = [];
  let features = 0;
  const looked = [...stored].filter(
    ([object]) => expected.get(object)?.part !== "features" || features++ % featuresEach === 0,
  );
  const queue = looked.values();
  const check = async (): Promise<void> => {
    for (const [object, etag] of queue) {
      const wanted = expected.get(object);
      if (wanted !== undefined && !(await isRight(() => read(account, object), etag, wanted))) mixedUp.push(object);
    }
  };
  await Promise.all(Array.from({ length: 8 }, check));
  return {
    missing: [...expected.keys()].filter((object) => !stored.has(object)),
    unexpected: [...stored.keys()].filter((object) => !expected.has(object)),
    twice: versions.map(([object]) => object).filter((object, index, all) => index > 0 && all[index - 1] === object),
    mixedUp,
  };
}
