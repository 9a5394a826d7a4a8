import { randomBytes } from "node:crypto";
import { HeadObjectCommand, ListMultipartUploadsCommand, UploadPartCommand } from "@aws-sdk/client-s3";
import { noise } from "../../functions/images";
import { buckets, mebibyte, type UploadService, uploadServices } from "./upload-service";

const services = uploadServices();
const jpegHead = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0x10]);

let service: UploadService;

beforeEach(async () => {
  service = await services.start({}, () => new Date("2026-01-31T23:00:00Z"));
});

const offer = (name: string, bytes: Uint8Array) => ({
  name,
  sizeBytes: bytes.length,
  head: Buffer.from(bytes.subarray(0, 256)).toString("base64"),
});

const ask = async (...files: readonly ReturnType<typeof offer>[]) => {
  const answer = await service.post("/uploads", { files });
  expect(answer.statusCode).toBe(200);
  return answer.json().files;
};

const submit = (
  { url, fields }: { readonly url: string; readonly fields: Record<string, string> },
  bytes: Uint8Array,
  change: Record<string, string> = {},
) => {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...fields, ...change })) form.append(name, value);
  form.append("file", new Blob([new Uint8Array(bytes)]));
  return fetch(url, { method: "POST", body: form });
};

const head = (key: string) => services.account.s3().send(new HeadObjectCommand({ Bucket: buckets.uploads, Key: key }));

it("signs a form for a key of its own below pending/, with the kind told by the file's bytes", async () => {
  const picture = await noise(20, 20).png().toBuffer();
  const [first, second] = await ask(offer("C:\\me\\Grüße 1.jpg", picture), offer("C:\\me\\Grüße 1.jpg", picture));
  expect(first.key).toMatch(/^pending\/2026-01-31\/[0-9a-f-]{36}\/Grüße_1\.jpg$/);
  expect(second.key).not.toBe(first.key);
  expect(first).toMatchObject({ state: "form", seconds: 900, fields: { key: first.key, "Content-Type": "image/png" } });
  const answer = await submit(first, picture);
  expect([answer.status, await answer.text()]).toEqual([201, expect.stringContaining(first.key)]);
  expect(await head(first.key)).toMatchObject({ ContentType: "image/png", ContentLength: picture.length });
});

it("has S3 refuse the form for another key, kind or size", async () => {
  const picture = await noise(20, 20).jpeg().toBuffer();
  const [form] = await ask(offer("one.jpg", picture));
  const refused = async (bytes: Uint8Array, change?: Record<string, string>) => {
    const answer = await submit(form, bytes, change);
    return [answer.status, /<Code>(.*)<\/Code>/.exec(await answer.text())?.[1]];
  };
  expect(await refused(picture, { key: form.key.replace("pending", "originals") })).toEqual([403, "AccessDenied"]);
  expect(await refused(picture, { "Content-Type": "text/html" })).toEqual([403, "AccessDenied"]);
  expect(await refused(Buffer.concat([picture, picture]))).toEqual([400, "EntityTooLarge"]);
  expect(await refused(picture.subarray(1))).toEqual([400, "EntityTooSmall"]);
  await expect(head(form.key)).rejects.toThrow();
});

it("tells of each file why it is refused, and takes the others", async () => {
  const files = await ask(
    offer("empty.jpg", Buffer.alloc(0)),
    offer("page.pdf", Buffer.from("%PDF-1.7")),
    { name: "huge.jpg", sizeBytes: 21.5 * mebibyte, head: jpegHead.toString("base64") },
    offer("sound.jpg", jpegHead),
  );
  expect(files.slice(0, 3)).toEqual([
    { state: "refused", code: "empty", why: "This file is empty." },
    {
      state: "refused",
      code: "unsupported-type",
      why: "This is no image of an accepted kind (JPEG, PNG, GIF, WEBP, AVIF, TIFF).",
    },
    { state: "refused", code: "too-large", why: "This file has 21.5 MiB; at most 20 MiB are accepted." },
  ]);
  expect(files[3].state).toBe("form");
});

it.each([
  [{ files: [] }, "body/files must NOT have fewer than 1 items"],
  [{ files: [{ name: "a", sizeBytes: -1, head: "" }] }, "body/files/0/sizeBytes must be >= 0"],
  [{ files: [{ name: "a", sizeBytes: 1 }] }, "body/files/0 must have required property 'head'"],
])("refuses %j", async (body, detail) => {
  const answer = await service.post("/uploads", body);
  expect([answer.statusCode, answer.json().detail]).toEqual([400, detail]);
});

describe("an upload in parts", () => {
  const bytes = Buffer.concat([jpegHead, randomBytes(12 * mebibyte)]);
  const sizeBytes = bytes.length;
  const partBytes = 5 * mebibyte;

  const open = async () => {
    const [ticket] = await ask(offer("large.jpg", bytes));
    expect(ticket).toMatchObject({ state: "parts", partBytes, parts: 3 });
    return { key: ticket.key as string, uploadId: ticket.uploadId as string, sizeBytes };
  };
  const put = async (upload: Awaited<ReturnType<typeof open>>, number: number, body?: Uint8Array) => {
    const { parts } = (await service.post("/uploads/parts", { ...upload, numbers: [number] })).json();
    const part = bytes.subarray(partBytes * (number - 1), partBytes * number);
    const answer = await fetch(parts[0].url, { method: "PUT", body: new Uint8Array(body ?? part) });
    expect(answer.status).toBe(200);
  };

  it("goes on with the parts that S3 does not have, and is put together when all are there", async () => {
    const upload = await open();
    await put(upload, 2);
    expect((await service.post("/uploads/state", upload)).json()).toEqual({ partBytes, parts: 3, present: [2] });
    const early = await service.post("/uploads/complete", upload);
    expect([early.statusCode, early.json()]).toEqual([
      409,
      {
        type: "/problems/parts-missing",
        title: "Parts are missing",
        status: 409,
        detail: "S3 does not have part 1, 3 in full. Send it and complete the upload again.",
        missing: [1, 3],
      },
    ]);
    await put(upload, 1);
    await put(upload, 3);
    expect((await service.post("/uploads/complete", upload)).json()).toEqual({ key: upload.key });
    expect(await head(upload.key)).toMatchObject({ ContentType: "image/jpeg", ContentLength: sizeBytes });
    expect((await service.post("/uploads/complete", upload)).json().type).toBe("/problems/upload-gone");
  });

  it("has S3 refuse a part of another length, and counts one that got there otherwise as missing", async () => {
    const upload = await open();
    const { parts } = (await service.post("/uploads/parts", { ...upload, numbers: [3] })).json();
    expect((await fetch(parts[0].url, { method: "PUT", body: "cut off" })).status).toBe(403);
    const { key: Key, uploadId: UploadId } = upload;
    const part = { Bucket: buckets.uploads, Key, UploadId, PartNumber: 3, Body: "cut off" };
    await services.account.s3().send(new UploadPartCommand(part));
    expect((await service.post("/uploads/state", upload)).json().present).toEqual([]);
  });

  it("signs the length of each part, and no checksum of an empty body", async () => {
    const upload = await open();
    const { parts } = (await service.post("/uploads/parts", { ...upload, numbers: [1, 3] })).json();
    const queries = parts.map(({ url }: { readonly url: string }) => new URL(url).searchParams);
    for (const query of queries) {
      expect(query.get("X-Amz-SignedHeaders")).toBe("content-length;host");
      expect(query.get("X-Amz-Expires")).toBe("900");
      expect([...query.keys()].filter((name) => /checksum/i.test(name))).toEqual([]);
    }
  });

  it("is removed when it is given up, once or twice", async () => {
    const upload = await open();
    await put(upload, 1);
    const { key, uploadId } = upload;
    const abort = () => service.post("/uploads/abort", { key, uploadId });
    expect([(await abort()).statusCode, (await abort()).statusCode]).toEqual([204, 204]);
    const { Uploads = [] } = await services.account
      .s3()
      .send(new ListMultipartUploadsCommand({ Bucket: buckets.uploads }));
    expect(Uploads.map(({ Key }) => Key)).not.toContain(key);
    expect((await service.post("/uploads/state", upload)).json()).toMatchObject({
      status: 404,
      detail: "This upload was completed or removed. Start it anew.",
    });
  });

  it("signs nothing for keys of others, parts beyond the file, or files that are too large", async () => {
    const upload = await open();
    const refusal = async (path: string, body: object) => (await service.post(path, body)).json().detail;
    const strange = { ...upload, key: "originals/dt=2026-01-31/0a1b" };
    const noKey = '"originals/dt=2026-01-31/0a1b" is no key that this service gave out.';
    for (const path of ["/uploads/state", "/uploads/complete"]) expect(await refusal(path, strange)).toBe(noKey);
    expect(await refusal("/uploads/parts", { ...strange, numbers: [1] })).toBe(noKey);
    expect(await refusal("/uploads/abort", { key: strange.key, uploadId: upload.uploadId })).toBe(noKey);
    expect(await refusal("/uploads/state", { ...upload, key: `pending/../${upload.key}` })).toContain("is no key");
    expect(await refusal("/uploads/parts", { ...upload, numbers: [3, 4] })).toBe(
      `A file of ${sizeBytes} bytes has 3 parts, but part 4 was asked for.`,
    );
    expect(await refusal("/uploads/complete", { ...upload, sizeBytes: 20 * mebibyte + 1 })).toBe(
      "At most 20971520 bytes are accepted, but the file has 20971521.",
    );
  });
});

it("lets only the app's own page send to S3 and show its pictures", async () => {
  const origin = new URL(services.account.env().AWS_ENDPOINT_URL ?? "").origin;
  const { headers } = await service.get("/");
  const policy = String(headers["content-security-policy"]);
  expect(policy).toContain(`connect-src 'self' ${origin};`);
  expect(policy).toContain(`img-src 'self' blob: ${origin};`);
  expect(policy).toContain("default-src 'none'");
});

it("is ready when S3 answers", async () => {
  expect((await service.get("/ready")).json()).toEqual({ status: "ok" });
  const strange = await services.start({ PROCESSED_BUCKET: "no-such-bucket" });
  expect((await strange.get("/ready")).json().detail).toBe("S3 does not answer, or refuses this app.");
});
