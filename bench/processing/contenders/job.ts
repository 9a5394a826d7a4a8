import type { ProcessingLimits, Rendition } from "../../../functions/contract/process";

/** What every contender is asked to make of each image. */
export interface Job {
  readonly renditions: readonly Rendition[];
  readonly limits: ProcessingLimits;
  /** What the default processing may share out among its images; the others take what they need. */
  readonly memoryMegabytes: number;
}

/** A picture that a contender made, in pixels and bytes. */
export interface MadePicture {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

/** Makes every rendition of one image. */
export type Contender = (bytes: Buffer, job: Job) => Promise<readonly MadePicture[]>;

/** What a contender's process is told, a line of JSON each. */
export type Command =
  | { readonly kind: "load"; readonly job: Job; readonly files: readonly string[] }
  /** Works on images of the loaded files by their index, so many at once. */
  | { readonly kind: "run"; readonly images: readonly number[]; readonly atOnce: number };

/** Its answer to `run`; to `load` it answers `{}`. */
export interface Run {
  readonly seconds: number;
  /** Of the whole process, all its threads. */
  readonly cpuSeconds: number;
  /** Most memory of the process since it started. */
  readonly peakMegabytes: number;
  /** In the order of the images; null where this contender cannot read the image. */
  readonly pictures: readonly (readonly MadePicture[] | null)[];
}
