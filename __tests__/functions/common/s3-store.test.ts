import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { S3Client } from "@aws-sdk/client-s3";
import { S3Store } from "../../../functions/common/s3-store";

interface Answer {
  readonly status: number;
  readonly body?: string | Buffer;
}

let server: Server;
let client: S3Client;
let store: S3Store;
let requests: Pick<IncomingMessage, "method" | "url" | "headers">[];
let answer: (request: IncomingMessage) => Answer;

const failure = (code: string): string => `<?xml version="1.0"?><Error><Code>${code}</Code></Error>`;

beforeAll(async () => {
  server = createServer((request, response) => {
    requests.push({ method: request.method, url: request.url, headers: request.headers });
    request.resume().on("end", () => {
      const { status, body = "" } = answer(request);
      response.writeHead(status, { "content-length": Buffer.byteLength(body) }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  client = new S3Client({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: "eu-central-1",
    credentials: { accessKeyId: "x", secretAccessKey: "x" },
    maxAttempts: 1,
  });
  store = new S3Store(client);
});

afterAll(async () => {
  client.destroy();
  await new Promise((resolve) => server.close(resolve));
});

beforeEach(() => {
  requests = [];
});

const object = { bucket: "b", key: "folder/Käse 1.jpg" };
const content = { bytes: Buffer.from("12345"), contentType: "image/jpeg" };
const target = { bucket: "c", key: "to" };

describe("writing", () => {
  it("is conditional, and says whether this call wrote the object", async () => {
    answer = () => ({ status: 200 });
    expect(await store.putIfAbsent(object, content)).toBe(true);
    expect(requests[0]?.headers).toMatchObject({ "if-none-match": "*", "content-type": "image/jpeg" });
    answer = () => ({ status: 412, body: failure("PreconditionFailed") });
    expect(await store.putIfAbsent(object, content)).toBe(false);
  });

  it("fails when S3 asks to slow down, or two writers meet", async () => {
    answer = () => ({ status: 503, body: failure("SlowDown") });
    await expect(store.putIfAbsent(object, content)).rejects.toMatchObject({ name: "SlowDown" });
    answer = () => ({ status: 409, body: failure("ConditionalRequestConflict") });
    await expect(store.putIfAbsent(object, content)).rejects.toMatchObject({ name: "ConditionalRequestConflict" });
  });
});

describe("reading", () => {
  it("gives the bytes of the very content that was listed", async () => {
    answer = () => ({ status: 200, body: "12345" });
    const found = await store.get({ ...object, versionId: "v1" }, 5, "tag");
    expect(found).toMatchObject({ state: "found" });
    expect(found.state === "found" && Buffer.from(found.bytes).toString()).toBe("12345");
    expect(requests[0]?.headers).toMatchObject({ "if-match": '"tag"' });
    expect(requests[0]?.url).toContain("versionId=v1");
  });

  it("stops before the first byte of an object that is too large", async () => {
    answer = () => ({ status: 200, body: Buffer.alloc(1000) });
    expect(await store.get(object, 999)).toEqual({ state: "too-large", sizeBytes: 1000 });
  });

  it.each([
    [404, "NoSuchKey"],
    [412, "PreconditionFailed"],
  ])("tells a missing or changed object (%i) from a fault", async (status, code) => {
    answer = () => ({ status, body: failure(code) });
    expect(await store.get(object, 5, "tag")).toEqual({ state: "missing" });
  });

  it.each([
    [404, "NoSuchBucket"],
    [403, "AccessDenied"],
    [500, "InternalError"],
  ])("fails on everything else: %i %s", async (status, code) => {
    answer = () => ({ status, body: failure(code) });
    await expect(store.get(object, 5)).rejects.toMatchObject({ name: code });
  });
});

it("asks for an object's existence without reading it", async () => {
  answer = () => ({ status: 200 });
  expect(await store.exists(object)).toBe(true);
  answer = () => ({ status: 404 });
  expect(await store.exists(object)).toBe(false);
  expect(requests.map(({ method }) => method)).toEqual(["HEAD", "HEAD"]);
});

describe("copying", () => {
  const copied = '<?xml version="1.0"?><CopyObjectResult><ETag>"x"</ETag></CopyObjectResult>';

  it("happens within S3, of the very content, and carries no tags on", async () => {
    answer = () => ({ status: 200, body: copied });
    expect(await store.copy({ ...object, versionId: "v1" }, target, '"tag"')).toBe(true);
    expect(requests[0]?.headers).toMatchObject({
      "x-amz-copy-source": "b/folder/K%C3%A4se%201.jpg?versionId=v1",
      "x-amz-copy-source-if-match": '"tag"',
      "x-amz-tagging-directive": "REPLACE",
    });
  });

  it.each([404, 412])("tells that the source is gone or another one (%i)", async (status) => {
    answer = () => ({ status });
    expect(await store.copy(object, target, "tag")).toBe(false);
    expect(requests).toHaveLength(1);
  });
});

it("deletes the very content that was listed, and minds no other", async () => {
  answer = () => ({ status: 204 });
  await store.delete(object, "tag");
  expect(requests[0]).toMatchObject({ method: "DELETE", headers: { "if-match": '"tag"' } });
  answer = () => ({ status: 412, body: failure("PreconditionFailed") });
  await expect(store.delete(object, "tag")).resolves.toBeUndefined();
});
