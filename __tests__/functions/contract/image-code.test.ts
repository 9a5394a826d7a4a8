import { checkedProcess } from "../../../functions/contract/checked-process";
import type { ImageCode } from "../../../functions/contract/image-code";
import type { Process } from "../../../functions/contract/process";
import * as processing from "../../../functions/processing";
import { context, twoHalves } from "../images";

it("features of one's own are told by their names, and flat", async () => {
  const own: Process = async (...args) => {
    const { outputs, features } = await processing.process(...args);
    return { outputs, features: { ...features, customFaces: 2, customLabels: ["cat"] } };
  };
  const image = { bytes: await twoHalves(40, 30).png().toBuffer(), id: "image-1", name: "a.png" };
  expect((await checkedProcess(own)(image, context)).features).toMatchObject({ customFaces: 2, customLabels: ["cat"] });
});

it("the default processing is code of this version of the contract, as the compiler sees it too", () => {
  const code: ImageCode = processing;
  // @ts-expect-error: another version is another contract
  const other: ImageCode = { ...code, contractVersion: 2 };
  expect([code.contractVersion, other.contractVersion]).toEqual([1, 2]);
});
