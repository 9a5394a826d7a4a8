import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { GetObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import type { CorpusItem } from "../../../../local/demo/corpus/item";
import { imagesOf } from "../../../../local/demo/run-record";
import { sendStreamed } from "../../../../local/demo/send/send-streamed";
import { sendUploads } from "../../../../local/demo/send/send-uploads";
import { UploadJournal } from "../../../../local/demo/upload-journal";
import { startWebApp, type WebApp } from "../../../../local/web-apps/web-app";
import { temporaryFolders } from "../../../fixtures/temporary-folder";
import { noise } from "../../../functions/images";
import { recordsOf } from "../../../support/topic-records";
import { buckets, deployedApps, mostBytes, partBytes } from "../../web-apps/deployed-apps";

const temporaryFolder = temporaryFolders();
const hostileName = "../étage <b> %2e+'\".jpg";
const run = { runId: "r1", startedAt: new Date().toISOString() };
const { signal } = new AbortController();
let deployed: Awaited<ReturnType<typeof deployedApps>>;
const apps: Partial<Record<"stream" | "upload", WebApp>> = {};
let folder: string;
let jpeg: Buffer;

beforeAll(async () => {
  folder = temporaryFolder();
  jpeg = await noise(40, 30).jpeg().toBuffer();
  deployed = await deployedApps();
  for (const name of ["stream", "upload"] as const) {
    const about = { title: name, name, folder: join(folder, name), log: () => undefined };
    apps[name] = await startWebApp({ ...about, account: deployed.account });
  }
});
afterAll(async () => {
  for (const app of Object.values(apps)) await app.stop();
  await deployed?.stop();
});

function item(id: string, bytes: Buffer, over: Partial<CorpusItem> = {}): CorpusItem {
  const path = join(folder, `${id}.bin`);
  writeFileSync(path, bytes);
  const hashOf = (algorithm: string) => createHash(algorithm).update(bytes).digest("hex");
  const hashes = { sha256: hashOf("sha256"), md5: hashOf("md5") };
  const about = { kind: "x", expectation: "processed", sizeBytes: bytes.length } as const;
  return { id, source: "stream", name: hostileName, path, ...about, ...hashes, ...over };
}

it("streams through web app 1 under the run's own ids, small and large, and answers what was turned away", async () => {
  const items = [
    item("small", jpeg),
    item("large", Buffer.concat([jpeg, Buffer.alloc(20_000)])),
    item("empty", Buffer.alloc(0)),
    item("words", Buffer.from("<!doctype html>")),
    item("huge", Buffer.concat([jpeg, Buffer.alloc(mostBytes)])),
  ];
  const images = imagesOf(run, items, buckets.uploads, () => undefined);
  const [small, large, ...refused] = images;
  const sent: number[] = [];
  const url = apps.stream?.url ?? "";
  const turnedAway = await sendStreamed({ url, images, signal, onProgress: (count) => sent.push(count) });
  expect(turnedAway).toEqual([
    { imageId: refused[0]?.imageId, end: "turnedAway", reason: "empty", where: "web app 1: 400" },
    { imageId: refused[1]?.imageId, end: "turnedAway", reason: "unsupported-type", where: "web app 1: 415" },
    { imageId: refused[2]?.imageId, end: "turnedAway", reason: "too-large", where: "web app 1: 413" },
  ]);
  expect(sent).toEqual([1, 2, 3, 4, 5]);
  const records = await recordsOf(deployed.account.kafka?.brokers ?? [], "images");
  const about = records.map(({ id, kind, name, sha256 }) => [id, kind, name, sha256]);
  const expected = [
    [small?.imageId, "inline", hostileName, small?.item.sha256],
    [large?.imageId, "claim", hostileName, large?.item.sha256],
  ];
  expect(about.toSorted()).toEqual(expected.toSorted());
});

it("uploads through web app 2 by forms and in parts, notes each first, and answers what was turned away", async () => {
  const over = { source: "upload" } as const;
  const items = [
    item("form", jpeg, over),
    item("parts", Buffer.concat([jpeg, Buffer.alloc(partBytes, "x")]), over),
    item("lie", Buffer.from("<!doctype html>"), { ...over, lies: true }),
    item("words", Buffer.from("only words"), over),
    item("huge", Buffer.concat([jpeg, Buffer.alloc(mostBytes)]), over),
    item("empty", Buffer.alloc(0), over),
  ];
  const journal = new UploadJournal(join(folder, "uploads.jsonl"), run.runId);
  const images = () => imagesOf(run, items, buckets.uploads, (id) => journal.of(id));
  const url = apps.upload?.url ?? "";
  const turnedAway = await sendUploads({ url, images: images(), journal, signal });
  expect(turnedAway).toEqual([
    { imageId: "r1-words", end: "turnedAway", reason: "unsupported-type", where: "web app 2" },
    { imageId: "r1-huge", end: "turnedAway", reason: "too-large", where: "web app 2" },
    { imageId: "r1-empty", end: "turnedAway", reason: "empty", where: "web app 2" },
  ]);
  const { Contents = [] } = await deployed.s3.send(
    new ListObjectsV2Command({ Bucket: buckets.uploads, Prefix: "pending/" }),
  );
  const taken = images().slice(0, 3);
  // What the batch will make the images' ids of is what the journal foresaw, also for the upload in parts.
  expect(Contents.map(({ Key, ETag }) => [Key, ETag?.replaceAll('"', "")]).toSorted()).toEqual(
    taken.map(({ key, item: { id } }) => [key, journal.of(id)?.etag]).toSorted(),
  );
  for (const { key, item: sent } of taken) {
    const { Body } = await deployed.s3.send(new GetObjectCommand({ Bucket: buckets.uploads, Key: key }));
    const sha256 = createHash("sha256")
      .update((await Body?.transformToByteArray()) ?? "")
      .digest("hex");
    expect(sha256).toBe(sent.sha256);
  }
  // A run that is taken up finds them again.
  const again = new UploadJournal(join(folder, "uploads.jsonl"), run.runId);
  expect(imagesOf(run, items, buckets.uploads, (id) => again.of(id))).toEqual(images());
});

it("stops sending when the run is ended", async () => {
  const images = imagesOf(run, [item("late", jpeg)], buckets.uploads, () => undefined);
  const ended = AbortSignal.abort(new Error("ended"));
  await expect(sendStreamed({ url: apps.stream?.url ?? "", images, signal: ended })).rejects.toThrow("ended");
});

it("fails on a refusal that is not about the file", async () => {
  const old = { runId: "r1", startedAt: "2026-01-01T00:00:00Z" };
  const images = imagesOf(old, [item("old", jpeg)], buckets.uploads, () => undefined);
  await expect(sendStreamed({ url: apps.stream?.url ?? "", images, signal })).rejects.toThrow(
    /^Web app 1, old: expected 202, but got 400 .*bad-image-id/,
  );
});
