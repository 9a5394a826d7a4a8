import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { imageIdOf } from "../../../apps/stream/image-id";
import { imageIdOfUpload } from "../../../functions/common/keys";
import type { CorpusItem } from "../../../local/demo/corpus/item";
import { completeRun, imagesOf, openRun } from "../../../local/demo/run-record";
import { openImages, unsentImages, waitingUploads } from "../../../local/demo/unsent";
import { MemoryStore } from "./memory-store";

const item = (id: string, over: Partial<CorpusItem> = {}): CorpusItem => ({
  id,
  source: id.startsWith("stream") ? "stream" : "upload",
  name: `${id}.jpg`,
  kind: "JPEG",
  expectation: "processed",
  sizeBytes: 1,
  sha256: id,
  md5: `md5-${id}`,
  path: `/corpus/${id}`,
  ...over,
});
const items = [item("stream-000"), item("upload-000")];
const none = () => undefined;
const folder = mkdtempSync(join(tmpdir(), "darkroom-run-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string) => join(folder, `${name}.json`);
const at = (time: string) => new Date(`2026-03-01T${time}Z`);

it("gives each run ids of its own", () => {
  const one = openRun(file("own"), items, at("10:00:00.001"));
  completeRun(file("own"), one);
  const other = openRun(file("own"), items, at("10:00:00.002"));
  const ids = [one, other].flatMap((run) => imagesOf(run, items, "uploads", none).map(({ imageId }) => imageId));
  expect(new Set(ids).size).toBe(4);
  for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
});

it("gives streamed images ids that web app 1 takes, made at the run's start and the same again", () => {
  const run = { runId: "r1", startedAt: at("10:00:00").toISOString() };
  const [streamed] = imagesOf(run, items, "uploads", none);
  expect(imageIdOf(streamed?.imageId ?? "", at("20:00:00"))).toEqual({
    id: imagesOf(run, items, "uploads", none)[0]?.imageId,
    sentAt: at("10:00:00"),
  });
});

it("makes an upload's id of the key that it was given, as the batch does", () => {
  const begun = { id: "upload-000", key: "pending/2026-03-01/uuid/a.jpg", etag: "md5" };
  const of = (id: string) => (id === begun.id ? begun : undefined);
  expect(imagesOf({ runId: "r1", startedAt: at("10:00:00").toISOString() }, items, "uploads", of)[1]).toMatchObject({
    key: begun.key,
    imageId: imageIdOfUpload("uploads", begun.key, begun.etag),
  });
});

it("expects of a file that is turned away nothing of the code", () => {
  const [image] = imagesOf(
    { runId: "r1", startedAt: at("10:00:00").toISOString() },
    [item("stream-000", { expectation: "refused:empty", door: "empty" })],
    "uploads",
    none,
  );
  expect(image?.expectation).toBe("turnedAway:empty");
});

it("takes up a run that was stopped, with the same ids and sending time", () => {
  const stopped = openRun(file("stopped"), items, at("10:00:00"));
  expect(openRun(file("stopped"), items, at("11:00:00"))).toEqual({ ...stopped, resumed: true });
});

it("begins a new run when web app 1 would not take the ids of the stopped one any more", () => {
  const stopped = openRun(file("old"), items, at("00:00:00"));
  expect(openRun(file("old"), items, at("22:59:59"))).toEqual({ ...stopped, resumed: true });
  expect(openRun(file("old"), items, at("23:00:00"))).toMatchObject({ resumed: false });
});

it("begins a new run when the corpus has changed since", () => {
  const stopped = openRun(file("changed"), items, at("10:00:00"));
  const next = openRun(file("changed"), [item("stream-000", { sha256: "other" })], at("11:00:00"));
  expect(next).toMatchObject({ resumed: false });
  expect(next.runId).not.toBe(stopped.runId);
});

it("sends again what neither ended nor waits as an upload", async () => {
  const ids = ["upload-000", "upload-001", "upload-002"];
  const images = imagesOf(
    { runId: "r1", startedAt: at("10:00:00").toISOString() },
    ["stream-000", "stream-001", ...ids, "upload-003"].map((id) => item(id)),
    "uploads",
    (id) => (ids.includes(id) ? { id, key: `pending/${id}`, etag: id } : undefined),
  );
  const [done, , waiting, ended] = images;
  const store = new MemoryStore();
  await store.put("uploads", waiting?.key ?? "", Buffer.from("x"));
  const outcomes = [done, ended].map((image) => ({
    imageId: image?.imageId ?? "",
    end: "processed" as const,
    where: "",
  }));
  const unsent = unsentImages(await waitingUploads(store, "uploads"), images, outcomes);
  // Begun without an object, or never begun.
  expect(unsent.map(({ item }) => item.id)).toEqual(["stream-001", "upload-002", "upload-003"]);
  const open = openImages(images, outcomes).map(({ item }) => item.id);
  expect(open).toEqual(["stream-001", "upload-000", "upload-002", "upload-003"]);
});
