import { request } from "node:http";
import { CreateBucketCommand, GetObjectCommand } from "@aws-sdk/client-s3";
import { newImageId } from "../../../apps/stream/image-id";
import { sha256Of } from "../../../functions/common/message";
import { S3Store } from "../../../functions/common/s3-store";
import { kafkaClient } from "../../../local/demo/kafka-client";
import { temporaryFolders } from "../../fixtures/temporary-folder";
import { noise } from "../../functions/images";
import { testAccount } from "../../support/account";
import { bucket, inlineMaxBytes, mostBytes, type StreamService, streamServices } from "./stream-service";

const account = testAccount(temporaryFolders()());
const services = streamServices();

let small: Buffer;
let large: Buffer;
let service: StreamService;

beforeAll(async () => {
  await account.s3().send(new CreateBucketCommand({ Bucket: bucket }));
  small = await noise(40, 30).jpeg().toBuffer();
  large = await noise(400, 300).png().toBuffer();
  expect(small.length).toBeLessThanOrEqual(inlineMaxBytes);
  expect(large.length).toBeGreaterThan(inlineMaxBytes);
});

beforeEach(async () => {
  service = await services.start(new S3Store(account.s3()));
});

/** A form as browsers send it. */
function form(
  ...parts: readonly { readonly name: string; readonly file?: string; readonly body: Uint8Array | string }[]
) {
  const boundary = "----boundary";
  const encoded = parts.map(({ name, file, body }) => {
    const filename = file === undefined ? "" : `; filename="${file}"`;
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${filename}\r\n\r\n`;
    return Buffer.concat([Buffer.from(head), Buffer.from(body), Buffer.from("\r\n")]);
  });
  const body = Buffer.concat([...encoded, Buffer.from(`--${boundary}--\r\n`)]);
  const headers = { "content-type": `multipart/form-data; boundary=${boundary}`, "content-length": body.length };
  return { method: "POST", headers, body };
}

const post = (body: Uint8Array | string, headers: Record<string, string> = {}) => ({ method: "POST", headers, body });

it("answers 202 with the id when Kafka has the image: a small one in its record", async () => {
  const answer = await service.ask(
    "/images?name=%E5%86%99%E7%9C%9F.jpg",
    post(small, { "content-type": "image/jpeg" }),
  );
  expect(answer.statusCode).toBe(202);
  const { id } = answer.json();
  expect(answer.json()).toEqual({
    id,
    name: "写真.jpg",
    kind: "inline",
    sizeBytes: small.length,
    mediaType: "image/jpeg",
  });
  const [record, ...more] = await service.records();
  expect(more).toEqual([]);
  expect(record).toMatchObject({ kind: "inline", id, name: "写真.jpg", sha256: sha256Of(small), bytes: small });
});

it("puts a large one into S3 first, and the record names it", async () => {
  const answer = await service.ask("/images", post(large));
  const { id } = answer.json();
  expect(answer.json()).toEqual({
    id,
    name: "image.png",
    kind: "claim",
    sizeBytes: large.length,
    mediaType: "image/png",
  });
  const [record] = await service.records();
  if (record?.kind !== "claim") throw new Error("no claim");
  const object = await account.s3().send(new GetObjectCommand({ Bucket: bucket, Key: record.claim.key }));
  expect(Buffer.from((await object.Body?.transformToByteArray()) ?? [])).toEqual(large);
  expect(record).toMatchObject({ id, claim: { bucket, sizeBytes: large.length, sha256: sha256Of(large) } });
});

it("takes a form with one file, whatever else is in it", async () => {
  const answer = await service.ask(
    "/images",
    form(
      { name: "comment", body: "from my phone" },
      { name: "image", file: "a b.jpg", body: small },
      { name: "n", body: "1" },
    ),
  );
  expect(answer.statusCode).toBe(202);
  expect(answer.json()).toMatchObject({ name: "a b.jpg", kind: "inline", sizeBytes: small.length });
  expect((await service.records()).map(({ name }) => name)).toEqual(["a b.jpg"]);
});

it("an image sent again under its own id is the same image, also in S3", async () => {
  const { id, sentAt } = newImageId();
  for (let time = 0; time < 2; time++) {
    expect((await service.ask("/images", post(large, { "image-id": id }))).json()).toMatchObject({ id, kind: "claim" });
  }
  const records = await service.records();
  expect(records.map((record) => [record.id, record.sentAt])).toEqual([1, 2].map(() => [id, sentAt]));
  expect((await account.keys(bucket)).filter((key) => key.includes(id))).toHaveLength(1);
});

it("creates its topic with the partitions and the largest message that are set, and leaves one that is there as it is", async () => {
  const topic = `partitions-${Date.now()}`;
  const partitions = async (): Promise<number | undefined> => {
    const admin = kafkaClient(services.brokers()).admin();
    await admin.connect();
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: 2, name: topic, configNames: ["max.message.bytes"] }],
    });
    await admin.disconnect();
    expect(resources[0]?.configEntries[0]?.configValue).toBe("3065536");
    return topics[0]?.partitions.length;
  };
  const change = { KAFKA_TOPIC: topic, INLINE_MAX_BYTES: "3000000" };
  await services.start(new S3Store(account.s3()), { ...change, KAFKA_PARTITIONS: "5" });
  expect(await partitions()).toBe(5);
  await services.start(new S3Store(account.s3()), { ...change, KAFKA_PARTITIONS: "7" });
  expect(await partitions()).toBe(5);
});

describe("refuses, and sends nothing into the stream:", () => {
  afterEach(async () => expect(await service.records()).toEqual([]));

  it("a file that is no image by its first bytes, whatever it is called", async () => {
    for (const sent of [
      post("No picture, only words.", { "content-type": "image/jpeg" }),
      form({ name: "image", file: "cat.jpg", body: "No picture, only words." }),
      form({ name: "image", file: "cat.jpg", body: Buffer.alloc(1_000_000, "words ") }),
    ]) {
      const answer = await service.ask("/images?name=cat.jpg", sent);
      expect(answer.statusCode).toBe(415);
      expect(answer.headers["content-type"]).toBe("application/problem+json");
      expect(answer.json()).toEqual({
        type: "/problems/unsupported-type",
        title: "The file is not an image of an accepted kind",
        status: 415,
        detail: "Expected jpeg, png, gif, webp, avif, tiff, but the first bytes are those of none of them.",
        accepted: ["image/jpeg", "image/png", "image/gif", "image/webp", "image/avif", "image/tiff"],
      });
    }
  });

  it("one that is larger than allowed: by its length, by what arrives, in a form", async () => {
    const long = Buffer.concat([small, Buffer.alloc(mostBytes - small.length + 1)]);
    for (const sent of [
      post(long, { "content-length": String(long.length) }),
      post(long, { "transfer-encoding": "chunked" }),
      form({ name: "image", file: "cat.jpg", body: long }),
      form({ name: "image", file: "cat.jpg", body: Buffer.concat([long, Buffer.alloc(200_000)]) }),
    ]) {
      const answer = await service.ask("/images", sent);
      expect(answer.statusCode).toBe(413);
      expect(answer.json()).toEqual({
        type: "/problems/too-large",
        title: "The image is too large",
        status: 413,
        detail: "Expected an image of at most 2000000 bytes. Send a smaller one.",
        mostBytes: 2_000_000,
      });
    }
  });

  it.each([
    ["an empty body", () => post(""), 400, "The file has no bytes."],
    ["an empty file of a form", () => form({ name: "image", file: "a.jpg", body: "" }), 400, "The file has no bytes."],
    [
      "a form without a file",
      () => form({ name: "image", body: "text" }),
      400,
      "Expected one file in the form, but there is none.",
    ],
    [
      "a form with two files",
      () => form({ name: "a", file: "a.jpg", body: small }, { name: "b", file: "b.jpg", body: small }),
      400,
      "Expected one file in the form, but there are several. Send each in a request of its own.",
    ],
    [
      "a form of unknown length",
      () => post("--x--", { "content-type": "multipart/form-data; boundary=x", "transfer-encoding": "chunked" }),
      411,
      "Expected the header Content-Length with a form. Send the file itself instead if its length is not known.",
    ],
    [
      "an id of its own making",
      () => post(small, { "image-id": "cat" }),
      400,
      /^Image-Id: expected a UUID of version 7/,
    ],
  ])("%s", async (_what, sent, status, detail) => {
    const answer = await service.ask("/images", sent());
    expect(answer.statusCode).toBe(status);
    expect(answer.json().detail).toEqual(typeof detail === "string" ? detail : expect.stringMatching(detail));
  });

  it("a name of more than 1024 bytes", async () => {
    const answer = await service.ask(`/images?name=${encodeURIComponent("é".repeat(600))}`, post(small));
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({
      type: "/problems/bad-image",
      detail: expect.stringContaining("name: expected a file name of 1 to 1024 bytes in UTF-8"),
    });
  });

  it("an upload that breaks off", async () => {
    const sent = request(`${service.url}/images`, { method: "POST", headers: { "content-length": "100000" } });
    const broken = new Promise((resolve) => sent.once("error", resolve).once("close", resolve));
    sent.write(small.subarray(0, 500), () => sent.destroy());
    await broken;
    // The next one meets a service that forgot it.
    expect((await service.ask("/images", post(""))).statusCode).toBe(400);
  });
});

it("says why before the rest of the file has arrived", async () => {
  const sent = request(`${service.url}/images`, { method: "POST", headers: { "content-length": "1500000" } });
  const answered = new Promise<number | undefined>((resolve, reject) => {
    sent.once("response", (response) => resolve(response.statusCode)).once("error", reject);
  });
  sent.write(Buffer.alloc(10_000, "words "));
  // Were the rest waited for, no answer would ever come.
  expect(await answered).toBe(415);
  sent.destroy();
});

it("sends many at once, each once", async () => {
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, index) =>
      service.ask(`/images?name=${index}.jpg`, post(index % 10 ? small : large)),
    ),
  );
  expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(200).fill(202));
  const ids = (await service.records()).map(({ id }) => id);
  expect(new Set(ids)).toEqual(new Set(answers.map((answer) => answer.json().id)));
  expect(ids).toHaveLength(200);
});
