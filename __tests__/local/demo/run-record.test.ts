import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CorpusItem } from "../../../local/demo/corpus/item";
import { completeRun, imagesOf, openRun } from "../../../local/demo/run-record";
import { openImages, unsentImages } from "../../../local/demo/unsent";
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
const folder = mkdtempSync(join(tmpdir(), "darkroom-run-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string) => join(folder, `${name}.json`);
const at = (time: string) => new Date(`2026-03-01T${time}Z`);

it("gives each run ids of its own", () => {
  const one = openRun(file("own"), items, at("10:00:00.001"));
  completeRun(file("own"), one);
  const other = openRun(file("own"), items, at("10:00:00.002"));
  const ids = [one, other].flatMap(({ runId }) => imagesOf(runId, items, "uploads").map(({ imageId }) => imageId));
  expect(new Set(ids).size).toBe(4);
  for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
});

it("takes up a run that was stopped, with the same ids and sending time", () => {
  const stopped = openRun(file("stopped"), items, at("10:00:00"));
  expect(openRun(file("stopped"), items, at("11:00:00"))).toEqual({ ...stopped, resumed: true });
});

it("begins a new run when the corpus has changed since", () => {
  const stopped = openRun(file("changed"), items, at("10:00:00"));
  const next = openRun(file("changed"), [item("stream-000", { sha256: "other" })], at("11:00:00"));
  expect(next).toMatchObject({ resumed: false });
  expect(next.runId).not.toBe(stopped.runId);
});

it("keeps uploads below pending/ and in their folder whatever their names try", () => {
  const [image] = imagesOf("r1", [item("upload-001", { name: "../../x y.jpg" })], "uploads");
  expect(image?.key).toBe("pending/r1/upload-001-.._.._x y.jpg");
});

it("sends again what neither ended nor waits as an upload", async () => {
  const images = imagesOf(
    "r1",
    [item("stream-000"), item("stream-001"), item("upload-000"), item("upload-001"), item("upload-002")],
    "uploads",
  );
  const [done, , waiting, ended] = images;
  const store = new MemoryStore();
  await store.put("uploads", waiting?.key ?? "", Buffer.from("x"));
  const outcomes = [done, ended].map((image) => ({
    imageId: image?.imageId ?? "",
    end: "processed" as const,
    where: "",
  }));
  const unsent = await unsentImages(store, "uploads", images, outcomes);
  expect(unsent.map(({ item }) => item.id)).toEqual(["stream-001", "upload-002"]);
  expect(openImages(images, outcomes).map(({ item }) => item.id)).toEqual(["stream-001", "upload-000", "upload-002"]);
});
