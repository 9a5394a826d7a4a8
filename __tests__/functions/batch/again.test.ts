import { handleBatch } from "../../../functions/batch/handler";
import { type Deployed, deploy, timeFor, version } from "../flow";
import { twoHalves } from "../images";
import { etagOf } from "../memory-store";

let photo: Buffer;

beforeAll(async () => {
  photo = await twoHalves(40, 30).jpeg().toBuffer();
});

const day = "dt=2026-01-30";
const old = "aaaaaaaaaaaa";
const receivedAt = "2026-01-30T12:00:00.000Z";

/** Puts an object and lists it as S3 does. */
function put({ store }: Deployed, path: string, content: Uint8Array | object, LastModified = receivedAt) {
  const bytes = content instanceof Uint8Array ? content : Buffer.from(JSON.stringify(content));
  store.objects.set(path, bytes);
  const Key = path.slice(path.indexOf("/") + 1);
  return { Key, ETag: `"${etagOf(bytes)}"`, Size: bytes.length, LastModified };
}

const record = (original: string, source = "stream") => ({
  source,
  name: "holiday.jpg",
  receivedAt,
  processingVersion: old,
  original: { bucket: "uploads", key: original, sizeBytes: photo.length },
});

const run = (account: Deployed, ...Items: readonly object[]) => handleBatch({ Items }, timeFor(), account);
const features = (id: string) => `features/${day}/${id}-${version}.json`;

describe("an image that was processed by another version", () => {
  it("goes through again beside its old outputs, with the identity, day and name of its record", async () => {
    const account = deploy();
    put(account, `uploads/originals/${day}/image-1`, photo);
    const item = put(account, `processed/features/${day}/image-1-${old}.json`, record(`originals/${day}/image-1`));
    const before = account.store.keys("processed");
    expect(await run(account, item)).toEqual({ processed: 1, quarantined: 0, skipped: 0 });
    expect(account.store.keys("processed")).toEqual(
      [
        ...before,
        features("image-1"),
        `images/${day}/image-1/${version}/thumbnail.webp`,
        `images/${day}/image-1/${version}/web.jpg`,
      ].sort(),
    );
    expect(account.store.json("processed", features("image-1"))).toMatchObject({
      imageId: "image-1",
      source: "stream",
      name: "holiday.jpg",
      receivedAt,
      processedAt: "2026-02-01T10:00:00.000Z",
      processingVersion: version,
      original: { bucket: "uploads", key: `originals/${day}/image-1`, sizeBytes: photo.length },
    });
    expect(account.store.calls.filter((call) => /^(delete|copy|put uploads)/.test(call))).toEqual([]);
  });

  it("and whose original is a claim is read from there", async () => {
    const account = deploy();
    put(account, "uploads/claims/camera/7", photo);
    const item = put(account, `processed/features/${day}/image-1-${old}.json`, record("claims/camera/7"));
    expect(await run(account, item)).toMatchObject({ processed: 1 });
    expect(account.store.json("processed", features("image-1"))).toMatchObject({
      original: { key: "claims/camera/7" },
    });
  });

  it("is skipped when this version has processed it already", async () => {
    const account = deploy();
    put(account, `uploads/originals/${day}/image-1`, photo);
    const item = put(account, `processed/features/${day}/image-1-${old}.json`, record(`originals/${day}/image-1`));
    const present = put(account, `processed/${features("image-1")}`, record(`originals/${day}/image-1`));
    expect(await run(account, item, present)).toEqual({ processed: 0, quarantined: 0, skipped: 2 });
    expect(account.store.calls).toEqual([`exists processed/${features("image-1")}`]);
  });

  it("is skipped when its original was removed meanwhile, and is not refused", async () => {
    const account = deploy();
    const item = put(account, `processed/features/${day}/image-1-${old}.json`, record(`claims/image-1`));
    expect(await run(account, item)).toEqual({ processed: 0, quarantined: 0, skipped: 1 });
    expect(account.store.keys("quarantine")).toEqual([]);
  });

  it("is set aside when this version refuses it; its original and old outputs stay", async () => {
    const account = deploy();
    const html = Buffer.from("<html>");
    put(account, `uploads/originals/${day}/image-1`, html);
    const item = put(account, `processed/features/${day}/image-1-${old}.json`, record(`originals/${day}/image-1`));
    expect(await run(account, item)).toEqual({ processed: 0, quarantined: 1, skipped: 0 });
    expect(account.store.objects.get(`quarantine/refused/${day}/image-1/original`)).toEqual(html);
    expect(account.store.keys("uploads")).toEqual([`originals/${day}/image-1`]);
    expect(account.store.keys("processed")).toEqual([`features/${day}/image-1-${old}.json`]);
  });

  it("is left to another attempt when S3 fails for a moment", async () => {
    const account = deploy();
    put(account, `uploads/originals/${day}/image-1`, photo);
    const item = put(account, `processed/features/${day}/image-1-${old}.json`, record(`originals/${day}/image-1`));
    account.store.failOn = (call) => call.startsWith("get uploads/");
    await expect(run(account, item)).rejects.toThrow("1 of 1 images must be tried again");
    account.store.failOn = () => false;
    expect(await run(account, item)).toMatchObject({ processed: 1 });
  });

  it.each([
    ["another bucket", { bucket: "elsewhere", key: "originals/x", sizeBytes: 1 }],
    ["what is no original", { bucket: "uploads", key: "pending/x", sizeBytes: 1 }],
  ])("is not read from %s, whatever its record says", async (_, original) => {
    const account = deploy();
    const key = `features/${day}/image-1-${old}.json`;
    const item = put(account, `processed/${key}`, { ...record(""), original });
    await expect(run(account, item)).rejects.toThrow(`${key} names an original outside of the bucket uploads`);
  });

  it("whose record is none of ours is told by its key", async () => {
    const account = deploy();
    const key = `features/${day}/image-1-${old}.json`;
    await expect(run(account, put(account, `processed/${key}`, Buffer.from("{}")))).rejects.toThrow(
      `${key} is no record that this pipeline wrote`,
    );
  });
});

describe("an original whose feature record is gone", () => {
  it.each([
    ["0123456789abcdef0123456789abcdef", "upload"],
    ["2f1c-camera", "stream"],
  ])("goes through again: %s keeps its id and day, and counts as %s", async (id, source) => {
    const account = deploy();
    const item = put(account, `uploads/originals/${day}/${id}`, photo);
    expect(await run(account, item)).toEqual({ processed: 1, quarantined: 0, skipped: 0 });
    expect(account.store.json("processed", features(id))).toMatchObject({
      imageId: id,
      source,
      name: id,
      receivedAt: "2026-01-30T00:00:00.000Z",
      original: { bucket: "uploads", key: `originals/${day}/${id}`, sizeBytes: photo.length },
    });
    expect(account.store.keys("uploads")).toEqual([`originals/${day}/${id}`]);
  });

  it("is left alone while it may still be on its first way, whose record knows its name", async () => {
    const account = deploy();
    const item = put(account, `uploads/originals/${day}/image-1`, photo, "2026-02-01T09:00:01.000Z");
    expect(await run(account, item)).toEqual({ processed: 0, quarantined: 0, skipped: 1 });
    expect(account.store.calls).toEqual([]);
  });
});

describe("a refused image", () => {
  const reason = { source: "upload", name: "big.jpg", reason: "timeout", receivedAt, sizeBytes: 5 };

  it("that is accepted now is processed, its original kept; what lies in quarantine stays until somebody takes it away", async () => {
    const account = deploy();
    put(account, `quarantine/refused/${day}/image-1/original`, photo);
    const item = put(account, `quarantine/refused/${day}/image-1/reason.json`, reason);
    expect(await run(account, item)).toEqual({ processed: 1, quarantined: 0, skipped: 0 });
    expect(account.store.json("processed", features("image-1"))).toMatchObject({ name: "big.jpg", source: "upload" });
    expect(account.store.objects.get(`uploads/originals/${day}/image-1`)).toBe(photo);
    expect(account.store.keys("quarantine")).toEqual([
      `refused/${day}/image-1/original`,
      `refused/${day}/image-1/reason.json`,
    ]);
  });

  it("that is refused again is left as it lies", async () => {
    const account = deploy();
    put(account, `quarantine/refused/${day}/image-1/original`, Buffer.from("<html>"));
    const item = put(account, `quarantine/refused/${day}/image-1/reason.json`, reason);
    expect(await run(account, item)).toEqual({ processed: 0, quarantined: 1, skipped: 0 });
    expect(account.store.calls.filter((call) => /^(delete|copy|put)/.test(call))).toEqual([]);
  });
});

it("objects of any other form are skipped", async () => {
  const account = deploy();
  const items = ["originals/readme.txt", `refused/${day}/image-1/original`, `features/${day}/x.json`].map((key) =>
    put(account, `uploads/${key}`, photo),
  );
  expect(await run(account, ...items)).toEqual({ processed: 0, quarantined: 0, skipped: 3 });
  expect(account.store.calls).toEqual([]);
});
