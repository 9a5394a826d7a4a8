import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  type Part,
  paginateListParts,
  type S3Client,
  S3ServiceException,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { createPresignedPost } from "@aws-sdk/s3-presigned-post";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";

/** An upload in parts; who knows both may go on with it. */
export interface OpenUpload {
  readonly key: string;
  readonly uploadId: string;
}

export interface NewObject {
  readonly key: string;
  /** Media type. */
  readonly type: string;
  readonly sizeBytes: number;
}

/** A form that a browser sends to S3. */
export interface SignedForm {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

export interface BucketUploadsProps {
  readonly s3: S3Client;
  readonly bucket: string;
  /** How long what is signed can be used. */
  readonly signedSeconds: number;
}

/** Signs what browsers send to a bucket themselves. What is signed fits one key, one type and one size. */
export class BucketUploads {
  constructor(private readonly props: BucketUploadsProps) {}

  /** A form for one file, which S3 refuses for any other key, type or size. */
  async form({ key, type, sizeBytes }: NewObject): Promise<SignedForm> {
    const { s3, bucket, signedSeconds } = this.props;
    const { url, fields } = await createPresignedPost(s3, {
      Bucket: bucket,
      Key: key,
      // Each field is a condition, too.
      Fields: { "Content-Type": type, success_action_status: "201" },
      Conditions: [["content-length-range", sizeBytes, sizeBytes]],
      Expires: signedSeconds,
    });
    return { url, fields };
  }

  /** Starts an upload in parts. Never completed or aborted, its parts go by the bucket's lifecycle. */
  async open({ key, type }: NewObject): Promise<OpenUpload> {
    const { s3, bucket } = this.props;
    const { UploadId } = await s3.send(
      new CreateMultipartUploadCommand({ Bucket: bucket, Key: key, ContentType: type }),
    );
    if (UploadId === undefined) throw new Error(`${bucket}/${key}: S3 opened an upload without an id`);
    return { key, uploadId: UploadId };
  }

  /** URL to PUT one part to; its length is signed. */
  async partUrl({ key, uploadId }: OpenUpload, number: number, sizeBytes: number): Promise<string> {
    const { s3, bucket, signedSeconds } = this.props;
    const part = { Bucket: bucket, Key: key, UploadId: uploadId, PartNumber: number, ContentLength: sizeBytes };
    return getSignedUrl(s3, new UploadPartCommand(part), {
      expiresIn: signedSeconds,
      signableHeaders: new Set(["host", "content-length"]),
    });
  }

  /** The parts S3 has; undefined when the upload is over: completed, aborted or removed. */
  async parts({ key, uploadId }: OpenUpload): Promise<readonly Part[] | undefined> {
    const { s3, bucket } = this.props;
    return unlessGone(async () => {
      const parts: Part[] = [];
      const pages = paginateListParts({ client: s3 }, { Bucket: bucket, Key: key, UploadId: uploadId });
      for await (const { Parts = [] } of pages) parts.push(...Parts);
      return parts;
    });
  }

  /** Puts parts together. @returns whether the upload was still there */
  async complete({ key, uploadId }: OpenUpload, parts: readonly Part[]): Promise<boolean> {
    const { s3, bucket } = this.props;
    const Parts = parts.map(({ PartNumber, ETag }) => ({ PartNumber, ETag }));
    const upload = { Bucket: bucket, Key: key, UploadId: uploadId, MultipartUpload: { Parts } };
    return (await unlessGone(() => s3.send(new CompleteMultipartUploadCommand(upload)))) !== undefined;
  }

  /** Removes the parts; of one that is over nothing is left to remove. */
  async abort({ key, uploadId }: OpenUpload): Promise<void> {
    const { s3, bucket } = this.props;
    await unlessGone(() => s3.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key: key, UploadId: uploadId })));
  }
}

async function unlessGone<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof S3ServiceException && error.name === "NoSuchUpload") return undefined;
    throw error;
  }
}
