import sharp from "sharp";
import { ImageRefused } from "../../../functions/contract/refusal";
import { decoderError } from "../../../functions/processing/decoder-error";
import { TimeLimit } from "../../../functions/processing/time-limit";

const pipeline = () => sharp({ create: { width: 1, height: 1, channels: 3, background: "#fff" } });
const thrown = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

/** Work that ends when it is told to, as a decoder does that looks at no clock. */
function endless() {
  let end = () => {};
  const work = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { work, end: () => end() };
}

it("what ends in time gives its result", async () => {
  expect(await new TimeLimit(10).run(pipeline(), async () => "done")).toBe("done");
});

it("the answer does not wait for a decoder that looks at no clock; its memory does", async () => {
  const time = new TimeLimit(0.05);
  const decoder = endless();
  expect(await thrown(time.run(pipeline(), () => decoder.work))).toEqual(
    new ImageRefused("timeout", "Processing took longer than the 0.05 seconds an image may take."),
  );
  let settled = false;
  const waiting = time.settled.then(() => {
    settled = true;
  });
  await Promise.resolve();
  expect(settled).toBe(false);
  // Another image beside it has had less than its share: that says nothing of the image.
  const other = await thrown(new TimeLimit(0).run(pipeline(), async () => {}));
  expect(other).not.toBeInstanceOf(ImageRefused);
  expect((other as Error).message).toBe(
    "Processing took longer than the 0 seconds an image may take, while other images were in its way; it must be tried again.",
  );
  decoder.end();
  await waiting;
  await new Promise((resolve) => setImmediate(resolve));
  expect(await thrown(new TimeLimit(0).run(pipeline(), async () => {}))).toBeInstanceOf(ImageRefused);
});

it("an image that waited for others is tried again when its time is over", async () => {
  const time = new TimeLimit(0);
  time.waited();
  expect(await thrown(time.run(pipeline(), async () => {}))).not.toBeInstanceOf(ImageRefused);
});

it("libvips' word for a time-out counts as one by the clock, not by the word", () => {
  const error = new Error("timeout: 3% complete");
  expect(decoderError(error, "png", new TimeLimit(0))).toMatchObject({ reason: "timeout" });
  expect(decoderError(error, "png", new TimeLimit(10))).toMatchObject({ reason: "corrupt" });
});

it("a fault of the machine is thrown as it is, so that the image is tried again", () => {
  const error = new Error("VipsJpeg: out of memory\nVipsJpeg: unsupported feature");
  expect(decoderError(error, "jpeg", new TimeLimit(10))).toBe(error);
});

it("another image's words in the message change nothing", () => {
  const error = new Error("Input buffer has corrupt header: VipsJpeg: Unsupported JPEG process: SOF type 0xc5");
  expect(decoderError(error, "png", new TimeLimit(10))).toMatchObject({ reason: "corrupt" });
  expect(decoderError(error, "jpeg", new TimeLimit(10))).toMatchObject({ reason: "unsupported-format" });
});
