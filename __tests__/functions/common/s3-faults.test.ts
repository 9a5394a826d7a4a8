import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { S3Retries } from "../../../functions/common/s3-retries";
import { S3Store } from "../../../functions/common/s3-store";
import { type Ministack, startMinistack } from "../../../local/processes/ministack";
import { temporaryFolders } from "../../fixtures/temporary-folder";
import { type CuttingProxy, startCuttingProxy } from "./cutting-proxy";

const folder = temporaryFolders();
const settings = { region: "eu-central-1", credentials: { accessKeyId: "000000000000", secretAccessKey: "x" } };
const object = { bucket: "faults", key: "a" };
const content = { bytes: Buffer.alloc(2_000_000, "abcdefg"), contentType: "image/jpeg" };

let ministack: Ministack;
let proxy: CuttingProxy;
let direct: S3Client;
let client: S3Client;
let store: S3Store;

beforeAll(async () => {
  ministack = await startMinistack({ stateFolder: folder(), log: () => undefined });
  proxy = await startCuttingProxy(ministack.endpoint);
  direct = new S3Client({ ...settings, endpoint: ministack.endpoint, forcePathStyle: true });
  client = new S3Client({ ...settings, endpoint: proxy.endpoint, retryStrategy: new S3Retries() });
  store = new S3Store(client);
  await direct.send(new CreateBucketCommand({ Bucket: object.bucket }));
});

afterAll(async () => {
  client?.destroy();
  direct?.destroy();
  await proxy?.stop();
  await ministack?.stop();
});

/** A new connection for the next request. */
beforeEach(() => client.destroy());

const keys = async (): Promise<(string | undefined)[]> =>
  ((await direct.send(new ListObjectsV2Command({ Bucket: object.bucket }))).Contents ?? []).map(({ Key }) => Key);

const stored = async (Key: string): Promise<Buffer> => {
  const { Body } = await direct.send(new GetObjectCommand({ Bucket: object.bucket, Key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
};

it("an upload that is cut off leaves no object, and is made again as a whole", async () => {
  const once = new S3Client({ ...settings, endpoint: proxy.endpoint, maxAttempts: 1 });
  const half = { ...object, key: "half" };
  proxy.cuts = [{ up: 1_000_000 }];
  await expect(new S3Store(once).putIfAbsent(half, content)).rejects.toThrow();
  once.destroy();
  expect(await keys()).not.toContain("half");
  proxy.cuts = [{ up: 1_000_000 }, { up: 500 }];
  expect(await store.putIfAbsent(half, content)).toBe(true);
  expect((await stored("half")).equals(content.bytes)).toBe(true);
});

it("an upload whose answer gets lost counts as already there, with the bytes that were sent", async () => {
  const lost = { ...object, key: "lost" };
  proxy.cuts = [{ down: 1 }];
  expect(await store.putIfAbsent(lost, content)).toBe(false);
  expect((await stored("lost")).equals(content.bytes)).toBe(true);
});

it("an upload never replaces an object, not even when it is repeated", async () => {
  await direct.send(new PutObjectCommand({ Bucket: object.bucket, Key: "taken", Body: "first" }));
  proxy.cuts = [{ up: 1_000_000 }, { down: 1 }];
  expect(await store.putIfAbsent({ ...object, key: "taken" }, content)).toBe(false);
  expect((await stored("taken")).toString()).toBe("first");
});

it("a download that breaks off within the object is read again from its beginning", async () => {
  await direct.send(new PutObjectCommand({ Bucket: object.bucket, Key: "read", Body: content.bytes }));
  proxy.cuts = [{ down: 1_000_000 }, { down: 10 }];
  const found = await store.get({ ...object, key: "read" }, content.bytes.length);
  expect(found.state === "found" && content.bytes.equals(found.bytes)).toBe(true);
});

it("a removal whose answer gets lost is no failure", async () => {
  await direct.send(new PutObjectCommand({ Bucket: object.bucket, Key: "gone", Body: "x" }));
  proxy.cuts = [{ down: 1 }];
  await store.delete({ ...object, key: "gone" });
  expect(await keys()).not.toContain("gone");
});
