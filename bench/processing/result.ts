import type { CostParts } from "./cost";
import type { ImageClass } from "./images/mix";
import type { S3Request } from "./paths/host-usage";

/** Figures of one program that makes the pictures. Where a class is null, it cannot read such images. */
export interface ContenderResult {
  readonly name: string;
  readonly title: string;
  /** Of the whole mix; null when it cannot read all of it. */
  readonly imagesPerSecond: number | null;
  /** Processor time of its whole process, by image of the mix. */
  readonly cpuMillisecondsPerImage: number | null;
  readonly peakMegabytes: number;
  readonly imagesPerSecondByClass: Readonly<Record<ImageClass, number | null>>;
  /** Mean size of all pictures made of an image. */
  readonly kilobytesPerImage: number | null;
  readonly note?: string;
}

/** Figures of one way through the pipeline, of the function's process. */
export interface PathResult {
  readonly imagesPerSecond: number;
  /** Within invocations: what Lambda bills. */
  readonly billedMillisecondsPerImage: number;
  readonly cpuMillisecondsPerImage: number;
  readonly peakMegabytes: number;
  readonly imagesPerInvocation: number;
  readonly requestsPerImage: Readonly<Record<S3Request, number>>;
  /** `cpuMillisecondsPerImage` of the default processing alone by that of this path. */
  readonly cpuRatio: number;
  /** Images a second of a new process, before its code is compiled: its first round. */
  readonly firstImagesPerSecond: number;
}

export interface MemorySetting {
  readonly megabytes: number;
  readonly vcpus: number;
  readonly imagesAtOnce: number;
  readonly millisecondsPerImage: number;
  /** Lambda's duration alone, at list price. */
  readonly usdPerMillionImages: number;
}

export interface PeakResult {
  readonly kind: string;
  readonly megapixels: number;
  readonly oneMegabytes: number;
  readonly fourMegabytes: number;
  /** From the start to the end of one alone. */
  readonly oneSeconds: number;
}

export interface ColdStart {
  /** From the process' start until Node runs its first line. */
  readonly nodeMilliseconds: number;
  /** From the process' start until the handler can be called. */
  readonly readyMilliseconds: number;
}

/** One run of `npm run bench -- processing`. Every figure of speed is a median of its rounds. */
export interface ProcessingBench {
  /** Images a second of the default processing by those of the bare sharp script. */
  readonly ratio: number;
  /** Images a second of Kafka → function → S3 by those of the default processing alone. */
  readonly streamRatio: number;
  /** Images a second of S3 → function → S3 by those of the default processing alone. */
  readonly batchRatio: number;
  /** Most memory of the functions' processes, stream and batch, over all rounds of the mix. */
  readonly peakMegabytes: number;
  /** Median of the stream function's `readyMilliseconds`. */
  readonly coldStartMilliseconds: number;
  /** Images a second of the default processing by those of each contender; over the classes that both can read. */
  readonly ratios: Readonly<Record<string, number>>;
  /** `ratio` of each class of image. */
  readonly ratioByClass: Readonly<Record<ImageClass, number>>;
  readonly contenders: readonly ContenderResult[];
  readonly stream: PathResult;
  readonly batch: PathResult;
  readonly memory: readonly MemorySetting[];
  /** Whether `memory` was measured under a limit on processor time, or reckoned from the processor time. */
  readonly memoryMeasured: boolean;
  readonly peaks: readonly PeakResult[];
  readonly coldStart: { readonly stream: ColdStart; readonly batch: ColdStart };
  readonly usdPerMillionImages: { readonly stream: CostParts; readonly batch: CostParts };
  readonly images: readonly { readonly class: ImageClass; readonly images: number; readonly kilobytes: number }[];
  readonly rounds: number;
  readonly imagesAtOnce: number;
  readonly environment: string;
  readonly computer: {
    readonly processor: string;
    readonly cores: number;
    /** Whether what is measured had a core of its own. */
    readonly coreOfItsOwn: boolean;
    /** Processes that wanted a core when the run began and when it ended: load averages of a minute. */
    readonly load: readonly [number, number];
    readonly node: string;
    readonly sharp: string;
    readonly libvips: string;
  };
  /** Day in UTC. */
  readonly measuredOn: string;
}
