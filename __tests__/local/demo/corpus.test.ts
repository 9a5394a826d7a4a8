import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { headBytes } from "../../../apps/common/image-types";
import { admit } from "../../../apps/upload/admit";
import type { UploadSettings } from "../../../apps/upload/settings";
import { ImageRefused } from "../../../functions/contract/refusal";
import { process as processImage } from "../../../functions/processing";
import { type BuildCorpusOptions, buildCorpus } from "../../../local/demo/corpus/corpus";
import { formats } from "../../../local/demo/corpus/formats";
import type { CorpusItem } from "../../../local/demo/corpus/item";
import { standInPhotographs } from "./stand-in-photographs";

const folder = mkdtempSync(join(tmpdir(), "darkroom-corpus-"));
const photographsFolder = join(folder, "photographs");
const limits = { maxPixels: 4_000_000, maxBytes: 4_000_000, maxFrames: 1000 };
const settings = { picturesPerSource: formats.length + 2, inlineMaxBytes: 200_000, ...limits };
const options = (cache: string): BuildCorpusOptions => ({
  photographsFolder,
  cacheFolder: join(folder, cache),
  settings,
});
let items: readonly CorpusItem[] = [];

beforeAll(async () => {
  mkdirSync(photographsFolder);
  await standInPhotographs(photographsFolder, 3);
  items = await buildCorpus(options("one"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const kinds = (source: string) => new Set(items.filter((item) => item.source === source).map(({ kind }) => kind));

it("holds every format and every hostile kind in both sources", () => {
  const wanted = [
    ...formats.map(({ kind }) => kind),
    "JPEG over the inline limit",
    "JPEG, cut off",
    "PNG, cut off",
    "HTML named .jpg",
    "SVG with an external entity",
    "PNG with too many pixels",
    "JPEG with too many bytes",
    "random bytes",
    "PNG named .jpg",
    "JPEG that is HTML too",
    "JPEG with a hostile name",
  ];
  for (const source of ["stream", "upload"]) expect([...kinds(source)]).toEqual(expect.arrayContaining(wanted));
  expect([...kinds("stream")]).toContain("no bytes");
});

it("holds no file twice", () => {
  expect(new Set(items.map(({ sha256 }) => sha256)).size).toBe(items.length);
});

it("is the same whenever and wherever it is made", async () => {
  const again = await buildCorpus(options("two"));
  expect(again.map(({ path: _, ...item }) => item)).toEqual(items.map(({ path: _, ...item }) => item));
});

it("is taken from the cache when nothing has changed", async () => {
  const made: number[] = [];
  await buildCorpus({ ...options("one"), onProgress: (count) => made.push(count) });
  expect(made).toEqual([]);
});

it("leaves nothing behind when it is stopped", async () => {
  const stop = new AbortController();
  const onProgress = () => stop.abort(new Error("stopped"));
  await expect(buildCorpus({ ...options("stopped"), onProgress, signal: stop.signal })).rejects.toThrow("stopped");
  expect(readdirSync(join(folder, "stopped"))).toEqual([]);
});

it("exceeds the inline limit where it says so", () => {
  const large = items.filter(({ kind }) => kind === "JPEG over the inline limit");
  for (const { sizeBytes } of large) expect(sizeBytes).toBeGreaterThan(settings.inlineMaxBytes);
});

it.each([1, 2, 3, 4, 5, 6, 7, 8])(
  "writes EXIF orientation %i and a place into camera pictures",
  async (orientation) => {
    const item = items.find(({ kind }) => kind === `JPEG, EXIF orientation ${orientation}, GPS`);
    const metadata = await sharp(await readFile(item?.path ?? "")).metadata();
    expect(metadata.orientation).toBe(orientation);
    // Tag 0x8825: the pointer to the GPS part of the metadata, in the byte order of the block.
    const pointer = metadata.exif?.toString("latin1", 6, 8) === "II" ? "\x25\x88" : "\x88\x25";
    expect(metadata.exif?.toString("latin1")).toContain(pointer);
  },
);

it.each([
  ["PNG with alpha", { format: "png", hasAlpha: true }],
  ["PNG, 16 bits", { format: "png", depth: "ushort" }],
  ["WebP", { format: "webp" }],
  ["AVIF", { format: "heif" }],
  ["GIF, animated", { format: "gif", pages: 3 }],
  ["JPEG, CMYK", { format: "jpeg", space: "cmyk" }],
  ["TIFF", { format: "tiff" }],
])("writes %s", async (kind, metadata) => {
  const item = items.find((one) => one.kind === kind);
  expect(await sharp(await readFile(item?.path ?? "")).metadata()).toMatchObject(metadata);
});

it("expects of each file what the engineers' code makes of it", async () => {
  const context = { limits, secondsAllowed: 60, renditions: [] };
  const differing: unknown[] = [];
  for (const { id, name, kind, path, expectation } of items) {
    const result = await processImage({ bytes: await readFile(path), id, name }, context).then(
      () => "processed",
      (error: unknown) => (error instanceof ImageRefused ? `refused:${error.reason}` : String(error)),
    );
    if (result !== expectation) differing.push({ kind, expectation, result });
  }
  expect(differing).toEqual([]);
});

it("expects of each file what the doors of the web apps make of it", async () => {
  const admitted = { MAX_IMAGE_BYTES: limits.maxBytes } as UploadSettings;
  const differing: unknown[] = [];
  for (const { kind, name, path, source, sizeBytes, door, lies } of items) {
    expect(lies === true && source === "stream").toBe(false);
    const head = lies ? Buffer.from([0xff, 0xd8, 0xff]) : (await readFile(path)).subarray(0, headBytes);
    const admission = admit({ name, sizeBytes, head: head.toString("base64") }, admitted);
    const result = "code" in admission ? admission.code : undefined;
    if (result !== door) differing.push({ kind, source, door, result });
  }
  expect(differing).toEqual([]);
  const doors = (source: string) => items.flatMap((item) => (item.source === source && item.door ? item.door : []));
  expect(doors("stream").toSorted()).toEqual(["empty", "too-large", ...Array(3).fill("unsupported-type")]);
  expect(doors("upload").toSorted()).toEqual(["too-large", "unsupported-type"]);
});

it("says what to do when there are no photographs", async () => {
  const empty = { ...options("none"), photographsFolder: join(folder, "nowhere") };
  await expect(buildCorpus(empty)).rejects.toThrow(
    `No photographs in ${join(folder, "nowhere")}: expected JPEG, PNG or TIFF files. Run: node local/setup.mjs start`,
  );
});
