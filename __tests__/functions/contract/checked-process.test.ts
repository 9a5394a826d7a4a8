import { checkedProcess } from "../../../functions/contract/checked-process";
import type { ProcessingResult } from "../../../functions/contract/process";
import { ImageRefused } from "../../../functions/contract/refusal";
import { process } from "../../../functions/processing";
import { context, twoHalves } from "../images";

const image = async () => ({ bytes: await twoHalves(40, 30).png().toBuffer(), id: "image-1", name: "a.png" });

/** What is said of the default's result, changed. */
async function verdict(change: (result: ProcessingResult) => unknown): Promise<string> {
  const changed = checkedProcess(async (...args) => change(await process(...args)) as ProcessingResult);
  return changed(await image(), context).then(
    () => "good",
    (error: Error) => `${error.name}: ${error.message}`,
  );
}
const firstOutput = (change: object) => (result: ProcessingResult) => ({
  ...result,
  outputs: result.outputs.map((output, index) => (index === 0 ? { ...output, ...change } : output)),
});

it("lets good results through as they are", async () => {
  expect(await verdict((result) => result)).toBe("good");
});

it("names every output that would not become an object as it should", async () => {
  expect(await verdict(firstOutput({ name: "../web", extension: ".jpg", width: 0.5, bytes: "text" }))).toBe(
    "ContractBroken: process answered outside of its contract: outputs.0.name: expected lower-case letters, digits and '-', at most 64; " +
      "outputs.0.extension: expected lower-case letters and digits, at most 10, without a dot; outputs.0.width: expected whole pixels; " +
      "outputs.0.bytes: expected bytes (a Uint8Array)",
  );
  expect(await verdict(firstOutput({ name: "thumbnail" }))).toBe(
    "ContractBroken: process answered outside of its contract: outputs: expected a name of its own for each, but got thumbnail twice",
  );
});

it("misses outputs and features that are not there", async () => {
  expect(await verdict(() => undefined)).toBe(
    "ContractBroken: process answered outside of its contract: the whole: expected outputs and features",
  );
  expect(await verdict(() => ({ features: 1 }))).toBe(
    "ContractBroken: process answered outside of its contract: outputs: expected a list of outputs; features: expected an object",
  );
});

it("tells features by other names from those of the contract", async () => {
  expect(await verdict((result) => ({ ...result, features: { ...result.features, faces: 2 } }))).toBe(
    "ContractBroken: process answered outside of its contract: features: expected names of your own features to begin with custom, for example customFaces",
  );
});

it("lets a refusal through", async () => {
  const refusing = checkedProcess(async () => {
    throw new ImageRefused("corrupt", "Broken.");
  });
  await expect(refusing(await image(), context)).rejects.toThrow(ImageRefused);
});
