import {
  type DeleteMarkerEntry,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type ObjectVersion,
  type S3Client,
} from "@aws-sdk/client-s3";

/** A version of an object, or a delete marker. */
export interface Version {
  readonly key: string;
  readonly id: string;
  readonly isLatest: boolean;
  readonly isMarker: boolean;
  readonly modified: Date;
  readonly sizeBytes: number;
  /** When the next newer version or marker took its place; `undefined` for the latest. */
  readonly noncurrentSince: Date | undefined;
  /** Noncurrent versions of the key that are newer than this one. */
  readonly newerNoncurrent: number;
  /** Whether the key has no other version. */
  readonly isOnly: boolean;
}

type Listed = Pick<Version, "key" | "id" | "isLatest" | "isMarker" | "modified" | "sizeBytes">;

const read =
  (isMarker: boolean) =>
  (entry: DeleteMarkerEntry & Pick<ObjectVersion, "Size">): Listed => ({
    key: entry.Key ?? "",
    id: entry.VersionId ?? "null",
    isLatest: entry.IsLatest ?? false,
    isMarker,
    modified: entry.LastModified ?? new Date(0),
    sizeBytes: entry.Size ?? 0,
  });

const listed = async (s3: S3Client, bucket: string): Promise<readonly Listed[]> => {
  const versions: Listed[] = [];
  let page: ListObjectVersionsCommandOutput | undefined;
  do {
    const from = page && { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
    page = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket, ...from }));
    versions.push(...(page.Versions ?? []).map(read(false)), ...(page.DeleteMarkers ?? []).map(read(true)));
  } while (page.IsTruncated);
  return versions;
};

const newestFirst = (a: Listed, b: Listed): number =>
  Number(b.isLatest) - Number(a.isLatest) || b.modified.getTime() - a.modified.getTime();

/** Every version and delete marker of a bucket, versioned or not. */
export const versionsOf = async (s3: S3Client, bucket: string): Promise<readonly Version[]> => {
  const byKey = new Map<string, Listed[]>();
  for (const version of await listed(s3, bucket)) {
    byKey.set(version.key, [...(byKey.get(version.key) ?? []), version]);
  }
  return [...byKey.values()].flatMap((ofKey) =>
    ofKey.sort(newestFirst).map((version, index): Version => {
      const noncurrentBefore = ofKey.slice(0, index).filter(({ isLatest }) => !isLatest).length;
      return {
        ...version,
        noncurrentSince: version.isLatest ? undefined : ofKey[index - 1]?.modified,
        newerNoncurrent: noncurrentBefore,
        isOnly: ofKey.length === 1,
      };
    }),
  );
};
