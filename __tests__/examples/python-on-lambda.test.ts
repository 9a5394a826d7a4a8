import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CreateFunctionCommand, InvokeCommand, waitUntilFunctionActiveV2 } from "@aws-sdk/client-lambda";
import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { zipSync } from "fflate";
import sharp from "sharp";
import { repositoryFolder } from "../../environments/repository";
import { bundle } from "../../functions/bundle/bundle";
import { temporaryFolders } from "../fixtures/temporary-folder";
import { context, noise } from "../functions/images";
import { BatchAccount } from "../support/batch-account";

const folders = temporaryFolders();
const buckets = ["uploads", "processed", "quarantine"] as const;
const [uploads, processed, quarantine] = buckets;
const app = join(repositoryFolder(), "examples/python/app");

/** The example as a zip: emulated accounts run no images, but the same handler. */
const exampleZip = (): Uint8Array =>
  zipSync(
    Object.fromEntries(
      readdirSync(app)
        .filter((name) => name.endsWith(".py"))
        .map((name) => [`app/${name}`, new Uint8Array(readFileSync(join(app, name)))]),
    ),
  );

describe("the batch function, with the example as its container image", () => {
  let account: BatchAccount;

  beforeAll(async () => {
    const { zipPath } = await bundle({ folder: "processing", architecture: "host" }, () => {});
    account = await BatchAccount.start(folders(), buckets, "locks");
    const role = `arn:aws:iam::${account.place.account}:role/any`;
    await account.lambda.send(
      new CreateFunctionCommand({
        FunctionName: "darkroom-test-processing",
        Runtime: "python3.13",
        Handler: "app.handler.handler",
        Role: role,
        Timeout: 120,
        Code: { ZipFile: exampleZip() },
      }),
    );
    await waitUntilFunctionActiveV2(
      { client: account.lambda, maxWaitTime: 120 },
      { FunctionName: "darkroom-test-processing" },
    );
    await account.deploy("darkroom-test-batch", "batch.handler", readFileSync(zipPath), {
      ENVIRONMENT: "test",
      UPLOADS_BUCKET: uploads,
      PROCESSED_BUCKET: processed,
      QUARANTINE_BUCKET: quarantine,
      PROCESSING: JSON.stringify({
        limits: context.limits,
        renditions: [
          ...context.renditions,
          { name: "full", format: "png", maxWidthPixels: 9000, maxHeightPixels: 9000, fit: "inside", quality: 1 },
        ],
      }),
      PROCESSING_VERSION: "0123456789ab",
      PROCESSING_FUNCTION: "darkroom-test-processing",
    });
  });
  afterAll(() => account?.stop());

  it("processes small and large images and refuses bad ones through real calls of Lambda", async () => {
    const width = 1500;
    const pixels = randomBytes(width * width * 3);
    await account.put(uploads, "pending/small.jpg", await noise().jpeg().toBuffer());
    await account.put(
      uploads,
      "pending/large.png",
      await sharp(pixels, { raw: { width, height: width, channels: 3 } })
        .png()
        .toBuffer(),
    );
    await account.put(uploads, "pending/bad.jpg", "no image at all");
    const { Contents } = await account.s3.send(new ListObjectsV2Command({ Bucket: uploads, Prefix: "pending/" }));
    const { FunctionError, Payload } = await account.lambda.send(
      new InvokeCommand({
        FunctionName: "darkroom-test-batch",
        Payload: Buffer.from(JSON.stringify({ Items: Contents })),
      }),
    );
    const answer = Buffer.from(Payload ?? []).toString();
    expect([FunctionError, JSON.parse(answer)]).toEqual([
      undefined,
      expect.objectContaining({ processed: 2, quarantined: 1, skipped: 0 }),
    ]);

    const records = await account.keys(processed, "features/");
    const outputs = await Promise.all(
      records.map(async (key) => {
        const { name, outputs: made } = await account.json(processed, key);
        return [name, made.map((output: { name: string; width: number; height: number }) => output)];
      }),
    );
    const size = (name: string, side: number, other = side) =>
      expect.objectContaining({ name, width: side, height: other, sizeBytes: expect.any(Number) });
    expect(Object.fromEntries(outputs)).toEqual({
      "large.png": [size("web", 1500), size("thumbnail", 256), size("full", 1500)],
      "small.jpg": [size("web", 400, 300), size("thumbnail", 256), size("full", 400, 300)],
    });
    const [reason = ""] = (await account.keys(quarantine, "refused/")).filter((key) => key.endsWith("reason.json"));
    expect(await account.json(quarantine, reason)).toMatchObject({
      name: "bad.jpg",
      reason: "not-an-image",
      message: "Expected an image, but the first bytes are those of none.",
    });
    expect(await account.keys(uploads, "pending/")).toEqual([]);
    // The large image, and its output that is larger than an answer may be.
    expect((await account.keys(uploads, "exchange/")).map((key) => key.split("/").at(-1)).sort()).toEqual([
      "0",
      "original",
    ]);
  });
});
