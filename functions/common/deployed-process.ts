import { checkedProcess } from "../contract/checked-process";
import type { Process } from "../contract/process";
import type { FunctionEnvironment } from "./environment";
import { imageCode } from "./image-code";
import { remoteProcess } from "./remote-process";
import type { ObjectStore } from "./store";

/** The code the environment names: this bundle's, or the function of a container image. */
export function deployedProcess(
  { processingFunction, uploadsBucket }: Pick<FunctionEnvironment, "processingFunction" | "uploadsBucket">,
  store: ObjectStore,
): Process {
  if (processingFunction === undefined) return checkedProcess(imageCode.process);
  // Loaded only here: Lambda's client would lengthen every cold start of functions that do not need it.
  const { remoteFunction } = require("./remote-function") as typeof import("./remote-function");
  return checkedProcess(
    remoteProcess({ bucket: uploadsBucket, store, ...remoteFunction(processingFunction, uploadsBucket) }),
  );
}
