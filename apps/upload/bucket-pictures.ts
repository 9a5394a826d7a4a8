import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  paginateListObjectsV2,
  type S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { prefixes } from "../../functions/common/layout";
import { type PictureRecord, readPictureRecord, renditionsOf } from "./picture-record";
import { removedAt } from "./removal";

/** One processed picture as the gallery shows it. */
export interface Picture {
  readonly id: string;
  /** The uploaded file's name. */
  readonly name: string;
  readonly source: PictureRecord["source"];
  /** ISO instants; S3 removes the picture at the latter, a midnight UTC. */
  readonly processedAt: string;
  readonly removedAt: string;
  readonly thumbnail: { readonly url: string; readonly width: number; readonly height: number };
  readonly large: { readonly url: string };
}

export interface PicturesPage {
  readonly pictures: readonly Picture[];
  /** Where the next page starts; none at the end. */
  readonly next?: string;
}

export interface BucketPicturesProps {
  readonly s3: S3Client;
  /** The processed bucket. */
  readonly bucket: string;
  /** The administrator's days, at most 3650. */
  readonly processedDays: number;
  readonly signedSeconds: number;
}

/** Where a page of the gallery starts: behind this feature record. */
const cursorForm = /^dt=\d{4}-\d{2}-\d{2}\/[A-Za-z0-9_-]{1,64}-[0-9a-f]{12}\.json$/;
const renditionForm = new RegExp(
  `^${prefixes.images}dt=\\d{4}-\\d{2}-\\d{2}/[A-Za-z0-9_-]{1,64}/[0-9a-f]{12}/[a-z0-9-]+\\.[a-z0-9]+$`,
);

export const isCursor = (text: string): boolean => cursorForm.test(text);
export const isRenditionKey = (key: string): boolean => renditionForm.test(key);

/** Reads the processed bucket for the gallery: the newest day of arrival first, within a day in the order of S3's list. */
export class BucketPictures {
  constructor(private readonly props: BucketPicturesProps) {}

  /** @param after - a cursor of an earlier page. @default - from the start */
  async page(size: number, after?: string): Promise<PicturesPage> {
    const keys = await this.keys(size + 1, after);
    const shown = keys.slice(0, size);
    const pictures = await Promise.all(shown.map((key) => this.picture(key)));
    const last = keys.length > size ? shown.at(-1) : undefined;
    const found = pictures.filter((picture) => picture !== undefined);
    return last === undefined ? { pictures: found } : { pictures: found, next: last.slice(prefixes.features.length) };
  }

  /** URL by which a browser reads a rendition itself. */
  async url(key: string): Promise<string> {
    const { s3, bucket, signedSeconds } = this.props;
    return getSignedUrl(s3, new GetObjectCommand({ Bucket: bucket, Key: key }), { expiresIn: signedSeconds });
  }

  /** Throws when S3 does not let the app read the bucket. */
  async look(): Promise<void> {
    const { s3, bucket } = this.props;
    await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefixes.features, MaxKeys: 1 }));
  }

  private async keys(count: number, after: string | undefined): Promise<string[]> {
    const { s3, bucket } = this.props;
    const keys: string[] = [];
    const from = after?.split("/")[0];
    for (const day of await this.days()) {
      if (from !== undefined && day > from) continue;
      const behind = day === from ? { StartAfter: prefixes.features + after } : {};
      const Prefix = `${prefixes.features}${day}/`;
      const MaxKeys = count - keys.length;
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix, MaxKeys, ...behind }));
      keys.push(...Contents.flatMap(({ Key }) => (Key?.endsWith(".json") ? Key : [])));
      if (keys.length >= count) break;
    }
    return keys;
  }

  /** `dt=2026-01-31`, the newest first; one for each day that pictures are kept. */
  private async days(): Promise<string[]> {
    const { s3, bucket } = this.props;
    const days: string[] = [];
    const listing = { Bucket: bucket, Prefix: prefixes.features, Delimiter: "/" };
    for await (const { CommonPrefixes = [] } of paginateListObjectsV2({ client: s3 }, listing)) {
      days.push(...CommonPrefixes.map(({ Prefix = "" }) => Prefix.slice(prefixes.features.length, -1)));
    }
    return days.sort().reverse();
  }

  /** undefined when the picture was removed meanwhile, or has no renditions. */
  private async picture(key: string): Promise<Picture | undefined> {
    const { s3, bucket, processedDays } = this.props;
    const named = { Bucket: bucket };
    const text = await unlessGone(async () => {
      const { Body } = await s3.send(new GetObjectCommand({ ...named, Key: key }));
      return Body?.transformToString();
    });
    const record = text === undefined ? undefined : readPictureRecord(text);
    const renditions = record && renditionsOf(record);
    if (record === undefined || renditions === undefined) return undefined;
    const { thumbnail, large } = renditions;
    const head = await unlessGone(() => s3.send(new HeadObjectCommand({ ...named, Key: thumbnail.key })));
    if (head?.LastModified === undefined) return undefined;
    const { imageId, name, source, processedAt, processingVersion } = record;
    return {
      id: `${imageId}-${processingVersion}`,
      name: name.split("/").at(-1) || name,
      source,
      processedAt,
      removedAt: removedAt(head.LastModified, processedDays).toISOString(),
      thumbnail: { url: pathOf(thumbnail.key), width: thumbnail.width, height: thumbnail.height },
      large: { url: pathOf(large.key) },
    };
  }
}

/** A rendition's address in this app. */
const pathOf = (key: string): string => `/pictures/${key}`;

async function unlessGone<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return undefined;
    throw error;
  }
}
