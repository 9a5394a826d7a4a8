import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { S3Client } from "@aws-sdk/client-s3";
import { fullJitter, S3Retries } from "../../../functions/common/s3-retries";
import { S3Store } from "../../../functions/common/s3-store";

interface Answer {
  readonly status: number;
  readonly code?: string;
}

/** What a request gets the n-th time it is made; undefined: the connection is closed. */
let answer: (times: number) => Answer | undefined;
let times: Map<string, number>;
let server: Server;
let client: S3Client;

beforeAll(async () => {
  server = createServer((request: IncomingMessage, response) => {
    request.resume().on("end", () => {
      const name = `${request.method} ${request.url}`;
      const count = (times.get(name) ?? 0) + 1;
      times.set(name, count);
      const found = answer(count);
      if (found === undefined) return response.destroy();
      const body = found.code === undefined ? "" : `<Error><Code>${found.code}</Code></Error>`;
      return response.writeHead(found.status, { "content-length": body.length }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  client = new S3Client({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: "eu-central-1",
    credentials: { accessKeyId: "x", secretAccessKey: "x" },
    retryStrategy: new S3Retries(),
  });
});

afterAll(async () => {
  client.destroy();
  await new Promise((resolve) => server.close(resolve));
});

beforeEach(() => {
  times = new Map();
});

afterEach(() => jest.restoreAllMocks());

/** Waits are drawn, but short. */
const shortWaits = () => jest.spyOn(Math, "random").mockReturnValue(0.001);

const put = (store: S3Store, key = "k") =>
  store.putIfAbsent({ bucket: "b", key }, { bytes: Buffer.from("12345"), contentType: "image/jpeg" });

it("waits are drawn from nothing up to a ceiling that doubles from 0.1 to 5 seconds", () => {
  const highest = [1, 2, 3, 4, 5, 6, 7, 8, 24].map((repetition) => fullJitter(repetition, () => 0.9999));
  expect(highest).toEqual([99, 199, 399, 799, 1599, 3199, 4999, 4999, 4999]);
  expect(fullJitter(24, () => 0)).toBe(0);
});

it("bridges a spell in which S3 answers nothing but 503, and then writes", async () => {
  const end = Date.now() + 3000;
  answer = () => (Date.now() < end ? { status: 503, code: "ServiceUnavailable" } : { status: 200 });
  const keys = Array.from({ length: 12 }, (_, index) => `k${index}`);
  expect(await Promise.all(keys.map((key) => put(new S3Store(client), key)))).toEqual(keys.map(() => true));
});

it.each([
  ["throttling", { status: 503, code: "SlowDown" }],
  ["a fault of S3", { status: 500, code: "InternalError" }],
  ["an upload S3 waited too long for", { status: 400, code: "RequestTimeout" }],
  ["two writers that meet", { status: 409, code: "ConditionalRequestConflict" }],
  ["an operation in the way", { status: 409, code: "OperationAborted" }],
  ["a connection that is closed", undefined],
])("repeats each of many requests as often as a spell of 20 seconds needs: %s", async (_, failure) => {
  shortWaits();
  answer = (count) => (count <= 22 ? failure : { status: 200 });
  const keys = Array.from({ length: 3 }, (_, index) => `k${index}`);
  expect(await Promise.all(keys.map((key) => put(new S3Store(client), key)))).toEqual(keys.map(() => true));
});

it("gives up after 24 attempts, with the words of S3", async () => {
  shortWaits();
  answer = () => ({ status: 503, code: "SlowDown" });
  await expect(put(new S3Store(client))).rejects.toMatchObject({ name: "SlowDown" });
  expect([...times.values()]).toEqual([24]);
});

it.each([
  ["AccessDenied", 403],
  ["NoSuchBucket", 404],
  ["BadDigest", 400],
])("does not repeat what will not pass by waiting: %s", async (code, status) => {
  answer = () => ({ status, code });
  await expect(put(new S3Store(client))).rejects.toMatchObject({ name: code });
  expect([...times.values()]).toEqual([1]);
});

it("ends a wait at once when the call has to answer", async () => {
  jest.spyOn(Math, "random").mockReturnValue(0.9999);
  const ending = new AbortController();
  answer = () => {
    setImmediate(() => ending.abort());
    return { status: 503, code: "SlowDown" };
  };
  await expect(put(new S3Store(client).until(ending.signal))).rejects.toMatchObject({ name: "AbortError" });
  expect([...times.values()]).toEqual([1]);
});

it("makes no request any more once the call has to answer", async () => {
  answer = () => ({ status: 200 });
  const [store, object, ended] = [
    new S3Store(client).until(AbortSignal.abort()),
    { bucket: "b", key: "k" },
    "AbortError",
  ];
  await expect(put(store)).rejects.toMatchObject({ name: ended });
  await expect(store.get(object, 5)).rejects.toMatchObject({ name: ended });
  await expect(store.exists(object)).rejects.toMatchObject({ name: ended });
  await expect(store.copy(object, object)).rejects.toMatchObject({ name: ended });
  await expect(store.delete(object)).rejects.toMatchObject({ name: ended });
  expect(times.size).toBe(0);
});
