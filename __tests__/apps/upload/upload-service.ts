import type { AddressInfo } from "node:net";
import { CreateBucketCommand, PutBucketCorsCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import type { FastifyInstance } from "fastify";
import { uploadApp } from "../../../apps/upload/app";
import { uploadClient } from "../../../apps/upload/s3";
import { readUploadSettings } from "../../../apps/upload/settings";
import { testAccount } from "../../support/account";
import { testFolder } from "../../support/folders";
import { httpRequest } from "../../support/http-request";

export const mebibyte = 1_048_576;
export const buckets = { uploads: "uploads", processed: "processed" };

/** What the app is set to in tests. */
export const variables = {
  ENVIRONMENT: "test",
  AUTHENTICATION: "none",
  UPLOADS_BUCKET: buckets.uploads,
  PROCESSED_BUCKET: buckets.processed,
  AWS_REGION: "eu-central-1",
  MAX_IMAGE_BYTES: String(20 * mebibyte),
  MULTIPART_FROM_BYTES: String(6 * mebibyte),
  PART_BYTES: String(5 * mebibyte),
  SCHEDULE_ENABLED: "true",
  SCHEDULE_EXPRESSION: "cron(30 3 * * ? *)",
  SCHEDULE_TIME_ZONE: "Europe/Berlin",
  PROCESSED_DAYS: "30",
  RATE_LIMIT_PER_MINUTE: "100000",
};

/** The running app. */
export interface UploadService {
  readonly url: string;
  get(path: string): ReturnType<typeof httpRequest>;
  post(path: string, body: unknown): ReturnType<typeof httpRequest>;
}

/** An account with both buckets for the tests of a file, and apps that use it. */
export function uploadServices() {
  const account = testAccount(testFolder());
  const started: FastifyInstance[] = [];
  const before = { ...process.env };
  beforeAll(async () => {
    for (const bucket of Object.values(buckets)) await account.s3().send(new CreateBucketCommand({ Bucket: bucket }));
  });
  beforeEach(() => {
    const { AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID } = account.env();
    // Of signed URLs MiniStack checks the signature, with the secret of its own environment, which is "test" unless set.
    Object.assign(process.env, { AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY: "test" });
  });
  afterEach(async () => {
    for (const app of started.splice(0)) await app.close();
    process.env = { ...before };
  });
  return {
    account,
    /** Puts an object into the account. */
    async put(bucket: string, key: string, body: Uint8Array | string, contentType = "application/json") {
      await account.s3().send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: contentType }));
    },
    /** Starts an app whose page may upload, as the data stack lets it. @param change - variables that differ. */
    async start(change: Readonly<Record<string, string>> = {}, now?: () => Date): Promise<UploadService> {
      const settings = readUploadSettings({ ...variables, ...change });
      const app = await uploadApp({
        settings,
        s3: uploadClient(settings.AWS_REGION),
        log: { write: () => undefined },
        ...(now && { now }),
      });
      started.push(app);
      await app.listen({ port: 0, host: "127.0.0.1" });
      const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
      // As modules/private-bucket.ts has it.
      const rule = {
        AllowedMethods: ["POST", "PUT"],
        AllowedOrigins: [url],
        AllowedHeaders: ["*"],
        ExposeHeaders: ["ETag"],
      };
      await account
        .s3()
        .send(new PutBucketCorsCommand({ Bucket: buckets.uploads, CORSConfiguration: { CORSRules: [rule] } }));
      return {
        url,
        get: (path) => httpRequest(`${url}${path}`),
        post: (path, body) =>
          httpRequest(`${url}${path}`, {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: JSON.stringify(body),
          }),
      };
    },
  };
}
