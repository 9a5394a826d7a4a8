import { handleBatch, TransientFailures } from "../../../functions/batch/handler";
import { imageIdOfUpload } from "../../../functions/common/keys";
import { type Deployed, deploy, timeFor, version } from "../flow";
import { twoHalves } from "../images";
import { etagOf } from "../memory-store";

let photo: Buffer;

beforeAll(async () => {
  photo = await twoHalves().jpeg().toBuffer();
});

const day = "dt=2026-01-30";
const lastModified = "2026-01-30T12:00:00.000Z";

/** Uploads an object and lists it as S3 does. */
function upload({ store }: Deployed, key: string, bytes: Uint8Array) {
  store.objects.set(`uploads/${key}`, bytes);
  return { Key: key, ETag: `"${etagOf(bytes)}"`, Size: bytes.length, LastModified: lastModified };
}

const idOf = (key: string, bytes: Uint8Array): string => imageIdOfUpload("uploads", key, etagOf(bytes));

const features = (id: string): string => `features/${day}/${id}-${version}.json`;

describe("an uploaded image", () => {
  it("is processed, and moves from pending/ to originals/", async () => {
    const deployed = deploy();
    const item = upload(deployed, "pending/a.jpg", photo);
    const id = idOf("pending/a.jpg", photo);
    expect(await handleBatch({ Items: [item], BatchInput: { run: "r" } }, timeFor(), deployed)).toEqual({
      processed: 1,
      quarantined: 0,
      skipped: 0,
    });
    expect(deployed.store.keys("uploads")).toEqual([`originals/${day}/${id}`]);
    expect(deployed.store.keys("processed")).toEqual([
      features(id),
      `images/${day}/${id}/${version}/thumbnail.webp`,
      `images/${day}/${id}/${version}/web.jpg`,
    ]);
    expect(deployed.store.json("processed", features(id))).toMatchObject({
      imageId: id,
      source: "upload",
      name: "a.jpg",
      receivedAt: lastModified,
      original: { bucket: "uploads", key: `originals/${day}/${id}`, sizeBytes: photo.length },
    });
    expect(deployed.store.calls.at(-1)).toBe("delete uploads/pending/a.jpg");
    // Nobody asks whether it is processed: it would not wait any more.
    expect(deployed.store.calls.filter((call) => call.startsWith("exists"))).toEqual([]);
  });

  it("comes alone or in a batch, with the instants and tags of S3 or of Step Functions", async () => {
    const deployed = deploy();
    const { Key, ETag, Size } = upload(deployed, "pending/a.jpg", photo);
    const item = { Key, Etag: ETag, Size, LastModified: Date.parse(lastModified) / 1000, StorageClass: "STANDARD" };
    expect(await handleBatch(item, timeFor(), deployed)).toEqual({ processed: 1, quarantined: 0, skipped: 0 });
    expect(deployed.store.keys("uploads")).toEqual([`originals/${day}/${idOf("pending/a.jpg", photo)}`]);
  });

  it("that is bad moves to quarantine", async () => {
    const deployed = deploy();
    const html = Buffer.from("<html>");
    const item = upload(deployed, "pending/bad.jpg", html);
    expect(await handleBatch(item, timeFor(), deployed)).toEqual({ processed: 0, quarantined: 1, skipped: 0 });
    const id = idOf("pending/bad.jpg", html);
    expect(deployed.store.keys("uploads")).toEqual([]);
    expect(deployed.store.objects.get(`quarantine/refused/${day}/${id}/original`)).toEqual(html);
    expect(deployed.store.json("quarantine", `refused/${day}/${id}/reason.json`)).toMatchObject({
      source: "upload",
      reason: "not-an-image",
    });
  });

  it("that is too large moves to quarantine without being downloaded", async () => {
    const base = deploy();
    const limits = { maxBytes: 10, maxPixels: 10, maxFrames: 1 };
    const environment = { ...base.environment, processing: { ...base.environment.processing, limits } };
    const deployed = deploy({ environment });
    expect(await handleBatch(upload(deployed, "pending/big.jpg", photo), timeFor(), deployed)).toMatchObject({
      quarantined: 1,
    });
    expect(deployed.store.objects.get(`quarantine/refused/${day}/${idOf("pending/big.jpg", photo)}/original`)).toBe(
      photo,
    );
  });

  it("listed again after it was finished is skipped", async () => {
    const deployed = deploy();
    const item = upload(deployed, "pending/a.jpg", photo);
    await handleBatch(item, timeFor(), deployed);
    expect(await handleBatch(item, timeFor(), deployed)).toEqual({ processed: 0, quarantined: 0, skipped: 1 });
  });

  it("whose run was killed before its pending object was removed is cleared away by the next", async () => {
    const deployed = deploy();
    const item = upload(deployed, "pending/a.jpg", photo);
    deployed.store.failOn = (call) => call.startsWith("delete");
    await expect(handleBatch(item, timeFor(), deployed)).rejects.toThrow(TransientFailures);
    deployed.store.failOn = () => false;
    expect(await handleBatch(item, timeFor(), deployed)).toEqual({ processed: 0, quarantined: 0, skipped: 1 });
    expect(deployed.store.keys("uploads")).toEqual([`originals/${day}/${idOf("pending/a.jpg", photo)}`]);
  });

  it("whose run was killed between outputs and feature record is finished by the next", async () => {
    const deployed = deploy();
    const item = upload(deployed, "pending/a.jpg", photo);
    deployed.store.failOn = (call) => call.startsWith("put processed/features/");
    await expect(handleBatch(item, timeFor(), deployed)).rejects.toThrow(TransientFailures);
    expect(deployed.store.keys("uploads")).toContain("pending/a.jpg");
    deployed.store.failOn = () => false;
    expect(await handleBatch(item, timeFor(), deployed)).toEqual({ processed: 1, quarantined: 0, skipped: 0 });
    expect(deployed.store.keys("processed")).toHaveLength(3);
    expect(deployed.store.keys("uploads")).toEqual([`originals/${day}/${idOf("pending/a.jpg", photo)}`]);
  });

  it("that is replaced after the listing is left to the next run", async () => {
    const deployed = deploy();
    const item = upload(deployed, "pending/a.jpg", photo);
    upload(deployed, "pending/a.jpg", Buffer.from("new"));
    expect(await handleBatch(item, timeFor(), deployed)).toEqual({ processed: 0, quarantined: 0, skipped: 1 });
    expect(deployed.store.objects.get("uploads/pending/a.jpg")).toEqual(Buffer.from("new"));
  });
});

it("folders among the keys are ignored", async () => {
  const deployed = deploy();
  const folder = upload(deployed, "pending/2026/", Buffer.alloc(0));
  expect(await handleBatch({ Items: [folder] }, timeFor(), deployed)).toEqual({
    processed: 0,
    quarantined: 0,
    skipped: 0,
  });
  expect(deployed.store.calls).toEqual([]);
});

it("a fault of the moment fails the call under a name of its own once the others are finished", async () => {
  const deployed = deploy();
  const items = ["a", "b", "c"].map((name) => upload(deployed, `pending/${name}.jpg`, photo));
  deployed.store.failOn = (call) => call === "get uploads/pending/b.jpg";
  const failure = handleBatch({ Items: items }, timeFor(), deployed);
  await expect(failure).rejects.toMatchObject({
    name: "TransientFailures",
    message: "1 of 3 images must be tried again, first pending/b.jpg: Error: SlowDown",
  });
  expect(deployed.store.keys("uploads").filter((key) => key.startsWith("pending/"))).toEqual(["pending/b.jpg"]);
  expect(deployed.lines.at(-1)).toMatchObject({ message: "batch call", images: 3, processed: 2, failed: 1 });
});

it("takes no more images when time runs out", async () => {
  const deployed = deploy({ imagesAtOnce: 1 });
  const items = ["a", "b", "c"].map((name) => upload(deployed, `pending/${name}.jpg`, photo));
  await expect(handleBatch({ Items: items }, timeFor(1), deployed)).rejects.toThrow(
    "2 of 3 images must be tried again, first pending/b.jpg: no time left to start it",
  );
  expect(deployed.store.keys("uploads").filter((key) => key.startsWith("pending/"))).toHaveLength(2);
});

it("an event that is no listing of images is an error of the state machine", async () => {
  const strange = { Items: [{ Key: "claims/a", Size: 1, LastModified: lastModified, ETag: "x" }, {}] };
  await expect(handleBatch(strange, timeFor(), deploy())).rejects.toThrow(
    /^Expected listed objects, but got: Items\.0\.Key: a key below pending\/, originals\/, features\/ or refused\/; Items\.1\.Key: /,
  );
});
