import type { ExportedCode } from "../../functions/contract/image-code";
import type { InputImage, ProcessingContext } from "../../functions/contract/process";
import type { Outcome } from "./result";

/** An image for the process that runs the code. */
export interface Job extends Omit<InputImage, "bytes"> {
  /** Absolute path of the image. */
  readonly path: string;
  /** Outputs are written to `<outputs>-<name>.<extension>`. */
  readonly outputs: string;
  readonly context: ProcessingContext;
}

/** What the process says: first what it has loaded, then one outcome a job. */
export type Message =
  | { readonly loaded: ExportedCode }
  | { readonly outcome: Outcome; readonly milliseconds: number; readonly peakMegabytes: number };
