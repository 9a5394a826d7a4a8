import type { DataStack } from "./data-stack";
import type { NetworkStack } from "./network-stack";
import type { StreamingStack } from "./streaming-stack";

/** The layers that the functions and the web apps stand on. */
export interface Layers {
  readonly data: DataStack;
  readonly network: NetworkStack;
  readonly streaming: StreamingStack;
}
