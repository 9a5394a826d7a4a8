import type { ImageCode } from "../../../functions/contract/image-code";
import * as processing from "../../../functions/processing";

it("the default processing is code of this version of the contract, as the compiler sees it too", () => {
  const code: ImageCode = processing;
  // @ts-expect-error: another version is another contract
  const other: ImageCode = { ...code, contractVersion: 2 };
  expect([code.contractVersion, other.contractVersion]).toEqual([1, 2]);
});
