import { type RemoteAnswer, remoteProcess } from "../../../functions/common/remote-process";
import { answerSchema, type Invocation, invocationSchema } from "../../../functions/contract/invocation";
import { context } from "../images";
import { MemoryStore } from "../memory-store";

const features = {
  width: 2,
  height: 1,
  format: "png",
  bytes: 3,
  frames: 1,
  hasAlpha: false,
  colourSpace: "srgb",
  dominantColours: ["#ffffff"],
  dominantShares: [1],
  perceptualHash: "0".repeat(16),
  sharpness: 0,
  entropy: 0,
  meanBrightness: 255,
  contrast: 0,
  darkShare: 0,
  brightShare: 1,
  capturedAt: null,
  exposureSeconds: null,
  fNumber: null,
  isoSpeed: null,
};
const output = { name: "web", extension: "png", contentType: "image/png", width: 2, height: 1, frames: 1 };
const image = { bytes: Buffer.from("abc"), id: "image-1", name: "a.png" };

/** Code behind a function that answers `answer`; keeps what it was sent. */
function remote(answer: unknown, failed = false) {
  const store = new MemoryStore();
  const calls: { invocation: Invocation; size: number; secondsAllowed: number }[] = [];
  const process = remoteProcess({
    bucket: "uploads",
    store,
    invoke: async (payload, secondsAllowed): Promise<RemoteAnswer> => {
      const invocation = invocationSchema.parse(JSON.parse(payload));
      calls.push({ invocation, size: payload.length, secondsAllowed });
      // The code puts something into the second slot.
      const slot = invocation.slots[1] ?? "";
      store.objects.set(`uploads/${new URL(slot).pathname.slice(1)}`, Buffer.from("large"));
      return { failed, payload: typeof answer === "string" ? answer : JSON.stringify(answer) };
    },
    urlToRead: async (key) => `https://read.example/${key}`,
    urlToWrite: async (key) => `https://write.example/${key}`,
  });
  return { process, calls, store };
}

it("sends a small image with the settings, the time and a slot for each output", async () => {
  const { process, calls } = remote({ outputs: [], features });
  await process(image, { ...context, memoryMegabytes: 2048 });
  const [{ invocation, secondsAllowed } = {}] = calls;
  expect(secondsAllowed).toBe(30);
  expect(invocation).toMatchObject({
    contractVersion: 1,
    image: { id: "image-1", name: "a.png", sizeBytes: 3, bytesBase64: "YWJj" },
    context: { limits: context.limits, renditions: context.renditions, secondsAllowed: 30 },
  });
  expect(invocation?.slots.map((url) => url.replace(/[0-9a-f-]{36}/, "…"))).toEqual(
    [0, 1, 2, 3, 4, 5].map((slot) => `https://write.example/exchange/image-1/…/${slot}`),
  );
});

it("sends a large image through the bucket, so that no call has more than 6 MB", async () => {
  const { process, calls, store } = remote({ outputs: [], features });
  await process({ ...image, bytes: Buffer.alloc(4_100_000) }, context);
  await process({ ...image, bytes: Buffer.alloc(4_150_000) }, context);
  const [inline, through] = calls.map(({ invocation, size }) => ({ image: invocation.image, size }));
  expect(inline?.image).toHaveProperty("bytesBase64");
  expect(inline?.size).toBeLessThan(6_000_000);
  expect(through?.image).toMatchObject({
    sizeBytes: 4_150_000,
    url: expect.stringMatching(/^https:\/\/read\.example\/exchange\/image-1\/[0-9a-f-]{36}\/original$/),
  });
  expect(store.calls.filter((call) => call.startsWith("put"))).toHaveLength(1);
});

it("takes outputs out of the answer and out of slots", async () => {
  const { process } = remote({
    outputs: [
      { ...output, bytesBase64: "YWJj" },
      { ...output, name: "large", slot: 1 },
    ],
    features: { ...features, customFaces: 2 },
  });
  const result = await process(image, context);
  expect(result.outputs.map(({ name, bytes }) => [name, Buffer.from(bytes).toString()])).toEqual([
    ["web", "abc"],
    ["large", "large"],
  ]);
  expect(result.features).toMatchObject({ perceptualHash: "0".repeat(16), customFaces: 2 });
});

it.each(["corrupt", "custom-watermark"])("passes on that an image is refused as %s", async (reason) => {
  const { process } = remote({ refused: { reason, message: "Expected something else." } });
  await expect(process(image, context)).rejects.toMatchObject({
    name: "ImageRefused",
    reason,
    message: "Expected something else.",
  });
});

it.each([
  ["no JSON", "<html>", "The processing function answered outside of its contract"],
  ["another reason", { refused: { reason: "ugly", message: "No." } }, "answered outside of its contract"],
  [
    "features of its own by another name",
    { outputs: [], features: { ...features, faces: 2 } },
    "outside of its contract",
  ],
  ["features that lack one", { outputs: [], features: { ...features, entropy: undefined } }, "outside of its contract"],
  [
    "a name that leaves its folder",
    { outputs: [{ ...output, name: "../x", slot: 1 }], features },
    "outside of its contract",
  ],
  [
    "a slot that is none",
    { outputs: [{ ...output, slot: 6 }], features },
    "Output web: expected a slot from 0 to 5, but got 6",
  ],
  [
    "a slot with nothing in it",
    { outputs: [{ ...output, slot: 0 }], features },
    "Output web: expected at most 104857600 bytes in slot 0, but nothing was put there",
  ],
])("counts %s as a fault of the moment", async (_, answer, message) => {
  const failure: Error = await remote(answer)
    .process(image, context)
    .then(
      () => new Error("no failure"),
      (error: Error) => error,
    );
  expect(failure.name).toBe("RemoteProcessFailed");
  expect(failure.message).toContain(message);
});

it("counts code that threw as a fault of the moment, in one line", async () => {
  const payload = { errorType: "MemoryError", errorMessage: "out of memory\n  at line 1", stackTrace: [] };
  await expect(remote(payload, true).process(image, context)).rejects.toThrow(
    new Error("The processing function failed: MemoryError: out of memory"),
  );
});

it("an answer is refused or processed, never both", () => {
  const refused = { reason: "corrupt", message: "Broken." };
  expect(answerSchema.safeParse({ outputs: [], features, refused }).success).toBe(false);
});
