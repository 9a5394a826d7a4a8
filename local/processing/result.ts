import type { ImageFeatures, OutputImage } from "../../functions/contract/process";

/** A picture that the code made, written to a file. */
export interface MadePicture extends Omit<OutputImage, "bytes"> {
  readonly sizeBytes: number;
  /** Where it lies on this computer, until the next run but one. */
  readonly path: string;
}

/** What became of an image. */
export type Outcome =
  | { readonly state: "processed"; readonly outputs: readonly MadePicture[]; readonly features: ImageFeatures }
  | { readonly state: "refused"; readonly reason: string; readonly message: string }
  /** A mistake of the code: on AWS the image would be tried again, in vain. */
  | { readonly state: "failed"; readonly message: string; readonly stack: readonly string[] };

/** An image of the folder, and what became of it. */
export interface ImageResult {
  /** Relative to the folder. */
  readonly file: string;
  readonly sizeBytes: number;
  /** Time within `process`. */
  readonly milliseconds: number;
  readonly outcome: Outcome;
}

/** What can be said of a run as a whole. */
export interface RunReport {
  /** `functions/<name>` */
  readonly code: string;
  readonly environment: string;
  readonly state: "running" | "complete" | "failed";
  /** Why nothing ran: the code does not compile, load or keep to the contract. */
  readonly fault?: string;
  readonly counts: { readonly processed: number; readonly refused: number; readonly failed: number };
  /** Of `process`, over the images that were processed; null when none was. */
  readonly meanMilliseconds: number | null;
  /** Largest memory of the process that ran the code, in MB. */
  readonly peakMegabytes: number;
  readonly images: readonly ImageResult[];
}
