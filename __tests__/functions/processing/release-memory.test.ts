import { process } from "../../../functions/processing";
import { releaseMemory } from "../../../functions/processing/release-memory";
import { context, twoHalves } from "../images";

jest.mock("../../../functions/processing/release-memory", () => {
  const real = jest.requireActual("../../../functions/processing/release-memory");
  return { releaseMemory: jest.fn(real.releaseMemory) };
});

/** Node 20 has no ArrayBuffer.transfer; this one does what Node 22's does. */
function withTransfer(buffer: Buffer): Buffer {
  const { buffer: whole } = buffer;
  Object.defineProperty(whole, "transfer", {
    value: (length: number) => {
      structuredClone(whole, { transfer: [whole as ArrayBuffer] });
      return new ArrayBuffer(length);
    },
  });
  return buffer;
}

it("a buffer that is given back is empty at once", () => {
  const buffer = withTransfer(Buffer.from(new ArrayBuffer(1000)));
  releaseMemory(buffer);
  expect(buffer.length).toBe(0);
});

it("a buffer that shares its memory with others is left alone", () => {
  const whole = withTransfer(Buffer.from(new ArrayBuffer(1000)));
  releaseMemory(whole.subarray(10));
  expect(whole.length).toBe(1000);
});

it("the decoded picture is given back, after its renditions and features are made", async () => {
  const release = jest.mocked(releaseMemory).mockClear();
  const { outputs } = await process({ bytes: await twoHalves().jpeg().toBuffer(), id: "a", name: "a" }, context);
  await new Promise((resolve) => setImmediate(resolve));
  expect(outputs.length).toBeGreaterThan(0);
  expect(release).toHaveBeenCalledTimes(1);
});
