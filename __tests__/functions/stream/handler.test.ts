import { encodeMessage, sha256Of } from "../../../functions/common/message";
import { handleStream } from "../../../functions/stream/handler";
import { type Deployed, deploy, event, inline, record, sentAt, timeFor, version } from "../flow";
import { phonePhoto, twoHalves } from "../images";

let photo: Buffer;

beforeAll(async () => {
  photo = await phonePhoto();
});

const day = "dt=2026-01-31";

const keysOfProcessed = (id: string): string[] => [
  `features/${day}/${id}-${version}.json`,
  `images/${day}/${id}/${version}/thumbnail.webp`,
  `images/${day}/${id}/${version}/web.jpg`,
];

const summary = ({ lines }: Deployed) => lines.find(({ message }) => message === "stream call");

const claim = (key: string, bytes: Uint8Array, bucket = "uploads", sha256 = sha256Of(bytes)) =>
  record(
    encodeMessage({
      kind: "claim",
      id: "large",
      name: "large.jpg",
      sentAt,
      claim: { bucket, key, sizeBytes: bytes.length, sha256 },
    }),
  );

const nothingFailed = { batchItemFailures: [] };

describe("an image inside a record", () => {
  it("gives renditions, the original and a feature record, by the day it was sent", async () => {
    const deployed = deploy();
    expect(await handleStream(event(inline("one", photo)), timeFor(), deployed)).toEqual(nothingFailed);
    expect(deployed.store.keys("processed")).toEqual(keysOfProcessed("one"));
    expect(deployed.store.keys("uploads")).toEqual([`originals/${day}/one`]);
    expect(deployed.store.objects.get(`uploads/originals/${day}/one`)).toEqual(photo);
    expect(deployed.store.json("processed", `features/${day}/one-${version}.json`)).toMatchObject({
      recordVersion: 1,
      imageId: "one",
      source: "stream",
      name: "one.jpg",
      receivedAt: "2026-01-31T23:59:59.500Z",
      processedAt: "2026-02-01T10:00:00.000Z",
      processingVersion: version,
      original: { bucket: "uploads", key: `originals/${day}/one`, sizeBytes: photo.length },
      outputs: [
        {
          name: "web",
          key: `images/${day}/one/${version}/web.jpg`,
          contentType: "image/jpeg",
          width: 300,
          height: 400,
          frames: 1,
          sizeBytes: deployed.store.objects.get(`processed/images/${day}/one/${version}/web.jpg`)?.length,
        },
        { name: "thumbnail", key: `images/${day}/one/${version}/thumbnail.webp`, width: 256, height: 256 },
      ],
      features: { width: 300, height: 400, format: "jpeg" },
    });
  });

  it("writes its feature record last", async () => {
    const deployed = deploy();
    await handleStream(event(inline("one", photo)), timeFor(), deployed);
    expect(deployed.store.calls.at(-1)).toBe(`put processed/features/${day}/one-${version}.json`);
  });

  it("delivered twice is decoded once and changes nothing", async () => {
    const deployed = deploy();
    await handleStream(event(inline("one", photo)), timeFor(), deployed);
    const before = new Map(deployed.store.objects);
    deployed.store.calls.length = 0;
    const failing = {
      ...deployed,
      process: () => {
        throw new Error("decoded again");
      },
    };
    expect(await handleStream(event(inline("one", photo, 7)), timeFor(), failing)).toEqual(nothingFailed);
    expect(deployed.store.objects).toEqual(before);
    expect(deployed.store.calls).toEqual([`exists processed/features/${day}/one-${version}.json`]);
    expect(deployed.lines.at(-1)).toMatchObject({ processed: 0, skipped: 1 });
  });

  it("delivered twice in one call counts once", async () => {
    const deployed = deploy();
    await handleStream(event(inline("one", photo, 0), inline("one", photo, 1)), timeFor(), deployed);
    expect(summary(deployed)).toMatchObject({ records: 2, processed: 1, skipped: 1 });
  });

  it("whose bytes are not those announced is refused", async () => {
    const deployed = deploy();
    const sha256 = "0".repeat(64);
    const message = encodeMessage({ kind: "inline", id: "one", name: "one.jpg", sentAt, bytes: photo, sha256 });
    await handleStream(event(record(message)), timeFor(), deployed);
    expect(deployed.store.json("quarantine", `refused/${day}/one/reason.json`)).toMatchObject({
      reason: "checksum-mismatch",
    });
  });
});

describe("an image named by a record", () => {
  it("is read from claims/, where its original stays", async () => {
    const deployed = deploy();
    deployed.store.objects.set("uploads/claims/large.jpg", photo);
    await handleStream(event(claim("claims/large.jpg", photo)), timeFor(), deployed);
    expect(deployed.store.keys("processed")).toEqual(keysOfProcessed("large"));
    expect(deployed.store.keys("uploads")).toEqual(["claims/large.jpg"]);
    expect(deployed.store.json("processed", `features/${day}/large-${version}.json`)).toMatchObject({
      original: { bucket: "uploads", key: "claims/large.jpg", sizeBytes: photo.length },
    });
  });

  it("that is not there goes to quarantine with the record", async () => {
    const deployed = deploy();
    expect(await handleStream(event(claim("claims/gone.jpg", photo)), timeFor(), deployed)).toEqual(nothingFailed);
    expect(deployed.store.json("quarantine", `refused/${day}/large/reason.json`)).toMatchObject({
      reason: "claim-missing",
      message: "The record names an object that is not there.",
    });
    expect(deployed.store.json("quarantine", `refused/${day}/large/original`)).toMatchObject({
      key: "claims/gone.jpg",
    });
  });

  it("of which the bytes differ is kept in quarantine as it is", async () => {
    const deployed = deploy();
    deployed.store.objects.set("uploads/claims/large.jpg", Buffer.from("other"));
    await handleStream(event(claim("claims/large.jpg", photo)), timeFor(), deployed);
    expect(deployed.store.json("quarantine", `refused/${day}/large/reason.json`)).toMatchObject({
      reason: "checksum-mismatch",
    });
    expect(deployed.store.objects.get(`quarantine/refused/${day}/large/original`)).toEqual(Buffer.from("other"));
  });

  it("of which the bytes differ is not copied again when it is delivered again, which would restart its retention", async () => {
    const deployed = deploy();
    deployed.store.objects.set("uploads/claims/large.jpg", Buffer.from("other"));
    await handleStream(event(claim("claims/large.jpg", photo)), timeFor(), deployed);
    deployed.store.calls.length = 0;
    await handleStream(event(claim("claims/large.jpg", photo)), timeFor(), deployed);
    expect(deployed.store.calls.filter((call) => /^(copy|put|delete) /.test(call))).toEqual([]);
  });

  it.each([
    ["another bucket", claim("claims/large.jpg", Buffer.from("x"), "secrets")],
    ["another prefix", claim("originals/dt=2026-01-01/other", Buffer.from("x"))],
  ])("in %s is never read", async (_, message) => {
    const deployed = deploy();
    await handleStream(event(message), timeFor(), deployed);
    expect(deployed.store.json("quarantine", "refused/dt=2026-02-01/large/reason.json")).toMatchObject({
      reason: "bad-message",
      message: "claim: expected an object below claims/ of the bucket uploads",
    });
    expect(deployed.store.calls.filter((call) => call.startsWith("get"))).toEqual([]);
  });
});

describe("a bad image", () => {
  it("goes to quarantine with its reason and does not stop the others", async () => {
    const deployed = deploy();
    const html = Buffer.from("<html></html>");
    const good = await twoHalves().png().toBuffer();
    const records = [inline("bad", html, 0), inline("good", good, 1)];
    expect(await handleStream(event(...records), timeFor(), deployed)).toEqual(nothingFailed);
    expect(deployed.store.keys("quarantine")).toEqual([
      `refused/${day}/bad/original`,
      `refused/${day}/bad/reason.json`,
    ]);
    expect(deployed.store.objects.get(`quarantine/refused/${day}/bad/original`)).toEqual(html);
    expect(deployed.store.json("quarantine", `refused/${day}/bad/reason.json`)).toEqual({
      imageId: "bad",
      source: "stream",
      name: "bad.jpg",
      reason: "not-an-image",
      message: "Expected jpeg, png, webp, avif, gif or tiff, but the first bytes are those of none of them.",
      receivedAt: "2026-01-31T23:59:59.500Z",
      quarantinedAt: "2026-02-01T10:00:00.000Z",
      sizeBytes: 13,
    });
    expect(deployed.store.keys("processed")).toEqual(keysOfProcessed("good"));
    expect(deployed.store.keys("uploads")).toEqual([`originals/${day}/good`]);
    expect(summary(deployed)).toMatchObject({ level: "info", records: 2, processed: 1, quarantined: 1, failed: 0 });
  });

  it("that is larger than the limit is not handed to the decoder", async () => {
    const small = {
      ...deploy().environment,
      processing: { renditions: [], limits: { maxBytes: 5, maxPixels: 1, maxFrames: 1 } },
    };
    const deployed = deploy({ environment: small as Deployed["environment"] });
    await handleStream(event(inline("big", Buffer.from("123456"))), timeFor(), deployed);
    expect(deployed.store.json("quarantine", `refused/${day}/big/reason.json`)).toMatchObject({
      reason: "too-many-bytes",
      message: "Expected at most 5 bytes (processing.limits.maxBytes), but got 6.",
    });
  });
});

describe("a record that keeps to no contract", () => {
  it("is kept as it came, under an id of its own", async () => {
    const deployed = deploy();
    const strange = record({ value: Buffer.from("what"), headers: {} }, 42, 3);
    expect(await handleStream(event(strange), timeFor(), deployed)).toEqual(nothingFailed);
    const [original, reason] = deployed.store.keys("quarantine");
    expect(original).toMatch(/^refused\/dt=2026-02-01\/[0-9a-f]{32}\/original$/);
    expect(deployed.store.objects.get(`quarantine/${original}`)).toEqual(Buffer.from("what"));
    expect(deployed.store.json("quarantine", reason ?? "")).toMatchObject({
      reason: "bad-message",
      sizeBytes: 4,
      record: { topic: "images", partition: 3, offset: 42, headers: {} },
    });
  });

  it("of a later version is kept with its headers, so that a later reader can take it up", async () => {
    const deployed = deploy();
    const { value, headers } = encodeMessage({ kind: "inline", id: "new", name: "a.jpg", sentAt, bytes: photo });
    const later = { ...headers, "darkroom-version": "2", "darkroom-camera": "x".repeat(5000) };
    await handleStream(event(record({ value, headers: later }, 7)), timeFor(), deployed);
    expect(deployed.store.keys("processed")).toEqual([]);
    expect(deployed.store.objects.get("quarantine/refused/dt=2026-02-01/new/original")).toEqual(photo);
    expect(deployed.store.json("quarantine", "refused/dt=2026-02-01/new/reason.json")).toMatchObject({
      reason: "bad-message",
      message: "header.darkroom-version: expected 1",
      record: {
        topic: "images",
        partition: 0,
        offset: 7,
        headers: { ...headers, "darkroom-version": "2", "darkroom-camera": "x".repeat(4096) },
      },
    });
  });

  it("is kept under its id where it has one, and a tombstone is one too", async () => {
    const deployed = deploy();
    const tombstone = { ...record({ value: Buffer.alloc(0), headers: { "darkroom-id": "t" } }), value: null };
    await handleStream(event(tombstone as never), timeFor(), deployed);
    expect(deployed.store.keys("quarantine")).toEqual([
      "refused/dt=2026-02-01/t/original",
      "refused/dt=2026-02-01/t/reason.json",
    ]);
  });
});

describe("a fault of the moment", () => {
  const faulty = (at: string): Deployed => {
    const deployed = deploy();
    deployed.store.failOn = (call) => call.includes(at);
    return deployed;
  };

  it("of one image returns its offset, while the others are finished", async () => {
    const deployed = faulty("/two-");
    const records = [inline("one", photo, 10), inline("two", photo, 11), inline("three", photo, 12)];
    expect(await handleStream(event(...records), timeFor(), deployed)).toEqual({
      batchItemFailures: [{ itemIdentifier: { partition: "images-0", offset: 11 } }],
    });
    expect(deployed.store.keys("processed")).toEqual([...keysOfProcessed("one"), ...keysOfProcessed("three")].sort());
    expect(deployed.lines).toContainEqual({
      level: "error",
      message: "record failed",
      topic: "images",
      partition: 0,
      offset: 11,
      error: "Error",
      detail: "SlowDown",
    });
  });

  it("of the first record of every partition fails the call, so that Lambda halves it", async () => {
    const deployed = faulty("/bad");
    const records = [inline("bad1", photo, 5, 1), inline("good", photo, 6, 1), inline("bad2", photo, 3, 2)];
    await expect(handleStream(event(...records), timeFor(), deployed)).rejects.toMatchObject({
      name: "NoProgress",
      message: "2 of 3 records must be tried again, first images-1 offset 5: Error: SlowDown",
    });
    expect(deployed.store.keys("processed")).toEqual(keysOfProcessed("good"));
    expect(summary(deployed)).toMatchObject({ records: 3, processed: 1, failed: 2, notStarted: 0 });
  });

  it("of the quarantine is tried again as well", async () => {
    const deployed = faulty("put quarantine");
    deployed.store.failOn = (call) => call.startsWith("put quarantine");
    const records = [inline("bad", Buffer.from("x"), 9)];
    await expect(handleStream(event(...records), timeFor(), deployed)).rejects.toThrow("1 of 1 records");
    deployed.store.failOn = () => false;
    expect(await handleStream(event(...records), timeFor(), deployed)).toEqual(nothingFailed);
    expect(deployed.store.keys("quarantine")).toHaveLength(2);
  });

  it.each(["images/", "originals/", "features/"])(
    "while %s is written leaves an image that is finished later",
    async (at) => {
      const deployed = deploy();
      deployed.store.failOn = (call) => call.startsWith("put") && call.includes(at);
      const records = [inline("one", photo)];
      await expect(handleStream(event(...records), timeFor(), deployed)).rejects.toThrow("1 of 1 records");
      expect(deployed.store.keys("processed").filter((key) => key.startsWith("features/"))).toEqual([]);
      deployed.store.failOn = () => false;
      expect(await handleStream(event(...records), timeFor(), deployed)).toEqual(nothingFailed);
      expect(deployed.store.keys("processed")).toEqual(keysOfProcessed("one"));
      expect(deployed.store.keys("uploads")).toEqual([`originals/${day}/one`]);
    },
  );
});

it("takes no more records when time runs out, and returns the rest", async () => {
  const deployed = deploy({ imagesAtOnce: 1 });
  const records = [inline("one", photo, 20), inline("two", photo, 21), inline("three", photo, 22)];
  expect(await handleStream(event(...records), timeFor(1), deployed)).toEqual({
    batchItemFailures: [{ itemIdentifier: { partition: "images-0", offset: 21 } }],
  });
  expect(deployed.store.keys("processed")).toEqual(keysOfProcessed("one"));
  expect(summary(deployed)).toMatchObject({ processed: 1, notStarted: 2 });
});

it("answers in time although the image code never ends, and leaves that image for another call", async () => {
  const deployed = deploy({ imagesAtOnce: 2 });
  const stuck: Deployed["process"] = (image, ...more) =>
    image.id === "two" ? new Promise(() => undefined) : deployed.process(image, ...more);
  // Three seconds: two to work, one to answer.
  const context = { getRemainingTimeInMillis: () => (started++ === 0 ? 3000 : 60_000) };
  let started = 0;
  const records = [inline("one", photo, 20), inline("two", photo, 21), inline("three", photo, 22)];
  expect(await handleStream(event(...records), context, { ...deployed, process: stuck })).toEqual({
    batchItemFailures: [{ itemIdentifier: { partition: "images-0", offset: 21 } }],
  });
  expect(deployed.lines).toContainEqual(expect.objectContaining({ message: "record failed", error: "OutOfTime" }));
});

it("does not begin an image for which S3 was slow when its processing could not end in time", async () => {
  const deployed = deploy({ imagesAtOnce: 1 });
  const remaining = [60_000, 60_000, 5000];
  const context = { getRemainingTimeInMillis: () => remaining.shift() ?? 5000 };
  await expect(handleStream(event(inline("one", photo)), context, deployed)).rejects.toThrow(
    "1 of 1 records must be tried again, first images-0 offset 0: OutOfTime: The call's time was used up",
  );
  expect(deployed.store.keys("quarantine")).toEqual([]);
});

it("counts what it did, and the bytes and time of each image the code worked on", async () => {
  const seen: unknown[] = [];
  const meter: Deployed["meter"] = {
    worked: (bytes, milliseconds) => seen.push(["worked", bytes, Number.isInteger(milliseconds)]),
    refused: (reason) => seen.push(["refused", reason]),
    end: (counts) => seen.push(["end", counts]),
  };
  const deployed = deploy({ imagesAtOnce: 1, meter });
  deployed.store.failOn = (call) => call.includes("/failing-");
  const html = Buffer.from("<html></html>");
  const strange = record({ value: Buffer.from("what"), headers: {} }, 2);
  const records = [inline("good", photo, 0), inline("bad", html, 1), strange, inline("failing", photo, 3)];
  await handleStream(event(...records), timeFor(), deployed);
  expect(seen).toEqual([
    ["worked", photo.length, true],
    ["worked", html.length, true],
    ["refused", "not-an-image"],
    ["refused", "bad-message"],
    ["end", { processed: 1, quarantined: 2, skipped: 0, failed: 1 }],
  ]);
});

it.each([null, {}, { records: null }, { records: { "images-0": {} } }, { Records: [] }])(
  "an event that is none of a Kafka source is refused in words: %j",
  async (strange) => {
    await expect(handleStream(strange as never, timeFor(), deploy())).rejects.toMatchObject({
      name: "BadStreamEvent",
      message:
        'Expected an event of a Kafka event source mapping, {"records": {"<topic>-<partition>": […]}}, but got another. ' +
        "Only the event source mapping of the compute stack may call this function.",
    });
  },
);

it("works on no more images at once than it may", async () => {
  let now = 0;
  let most = 0;
  const deployed = deploy({ imagesAtOnce: 2 });
  const slow: Deployed["process"] = async (...parameters) => {
    most = Math.max(most, ++now);
    await new Promise(setImmediate);
    now--;
    return deployed.process(...parameters);
  };
  const records = ["a", "b", "c", "d", "e"].map((id, offset) => inline(id, photo, offset));
  await handleStream(event(...records), timeFor(), { ...deployed, process: slow });
  expect(most).toBe(2);
});
