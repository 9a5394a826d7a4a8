/**
 * What the platform and the engineers' code agree on: a folder below `functions/` whose index.ts exports a
 * {@link Process} called `process`.
 *
 * Rules of version 1:
 * - `process` reads nothing but its two arguments: no network, no files, no clock but a time limit. The same input gives
 *   the same outputs.
 * - An image that can never be processed is refused by throwing `ImageRefused` (refusal.ts beside this file); it goes to quarantine.
 *   Every other error counts as a fault of the moment, and the image is tried again.
 * - Several images are processed at once in one process.
 */
export const CONTRACT_VERSION = 1;

/** One image as it arrived. */
export interface InputImage {
  /** The file's bytes, unchecked. */
  readonly bytes: Uint8Array;
  /** Identity of the image: letters, digits, `_` and `-`, at most 64. Stays the same when the image is delivered again. */
  readonly id: string;
  /** The file's name as its sender gave it: for people, never to be trusted. */
  readonly name: string;
}

/** `processing.limits` of the environment file. */
export interface ProcessingLimits {
  /** Largest picture decoded: width × height × frames. */
  readonly maxPixels: number;
  /** Largest file accepted, in bytes. */
  readonly maxBytes: number;
  /** Most frames or pages, 1 to 1000. */
  readonly maxFrames: number;
}

export type RenditionFormat = "jpeg" | "png" | "webp" | "avif";

/** One of `processing.renditions` of the environment file: a picture to make from each image. */
export interface Rendition {
  /** Unique among the renditions: lower-case letters, digits and `-`. */
  readonly name: string;
  readonly format: RenditionFormat;
  /** In pixels; a smaller image is not enlarged. */
  readonly maxWidthPixels: number;
  /** In pixels; a smaller image is not enlarged. */
  readonly maxHeightPixels: number;
  /** inside: the whole picture within the box. cover: the box filled, the rest cut off evenly at both sides. */
  readonly fit: "inside" | "cover";
  /** Whether animated images stay animated; only in webp. Undefined: first-frame. */
  readonly animation?: "keep" | "first-frame" | undefined;
  /** 1 to 100. Without effect on png, which is lossless. */
  readonly quality: number;
}

/** What the administrator set, and the time there is. */
export interface ProcessingContext {
  readonly limits: ProcessingLimits;
  readonly renditions: readonly Rendition[];
  /** Longest time the image may take, in seconds; refuse it with reason `timeout` after that. */
  readonly secondsAllowed: number;
  /** Memory of the process, in MB, which the images processed at once share. Undefined: nobody limits it. */
  readonly memoryMegabytes?: number | undefined;
}

/** One picture made from the image. Its key in the processed bucket is `…/<name>.<extension>`. */
export interface OutputImage {
  /** Unique among the outputs: lower-case letters, digits and `-`. */
  readonly name: string;
  /** Without a dot, for example `jpg`. */
  readonly extension: string;
  /** Media type, for example `image/jpeg`. */
  readonly contentType: string;
  readonly bytes: Uint8Array;
  /** In pixels, of one frame. */
  readonly width: number;
  readonly height: number;
  /** 1 unless animated. */
  readonly frames: number;
}

/**
 * What analysts can ask about an image without opening it. Flat, with types that Parquet has: docs/features.md. Where an
 * image was taken is never part of it.
 */
export interface ImageFeatures {
  /** In pixels, as a viewer shows it: after orientation. */
  readonly width: number;
  /** In pixels, as a viewer shows it: after orientation. */
  readonly height: number;
  /** What the bytes are, whatever the file's name says. */
  readonly format: "jpeg" | "png" | "webp" | "avif" | "gif" | "tiff";
  /** Size of the original file. */
  readonly bytes: number;
  /** Frames of an animation, or pages; 1 for a still picture. */
  readonly frames: number;
  /** Whether the original has an alpha channel. */
  readonly hasAlpha: boolean;
  /** Colour space of the original in libvips' words: srgb, b-w, cmyk, rgb16, grey16, lab … */
  readonly colourSpace: string;
  /** Up to 5 colours, `#rrggbb`, most frequent first: dominant-colours.ts. Transparent pictures lie on white. */
  readonly dominantColours: readonly string[];
  /** Share of the picture that each of `dominantColours` has, 0 to 1, in the same order. */
  readonly dominantShares: readonly number[];
  /** 64-bit difference hash, 16 hex digits: perceptual-hash.ts. */
  readonly perceptualHash: string;
  /** Spread of the Laplacian of the luma within 256 × 256 pixels, 0 to 1020: 0 is flat; blurred pictures lie low. */
  readonly sharpness: number;
  /** Shannon entropy of the luma, 0 to 8 bits. */
  readonly entropy: number;
  /** Mean luma (Rec. 709 weights), 0 black to 255 white. */
  readonly meanBrightness: number;
  /** Standard deviation of the luma, 0 to 127.5. */
  readonly contrast: number;
  /** Share of pixels with luma 0 to 4, which show nothing but black: 0 to 1. */
  readonly darkShare: number;
  /** Share of pixels with luma 251 to 255, which show nothing but white: 0 to 1. */
  readonly brightShare: number;
  /**
   * When the camera says the picture was taken, by the camera's clock: `2024-05-01T12:00:00`, with `+02:00` behind it
   * where the camera knew its zone. Null: it does not say.
   */
  readonly capturedAt: string | null;
  /** Exposure time in seconds, above 0. Null: the camera does not say. */
  readonly exposureSeconds: number | null;
  /** Aperture, above 0: 2.8 is f/2.8. Null: the camera does not say. */
  readonly fNumber: number | null;
  /** Sensitivity as ISO 12232 counts it, from 1. Null: the camera does not say. */
  readonly isoSpeed: number | null;
}

/** A value of a feature: flat, so that it is a column for analysts. */
export type FeatureValue = string | number | boolean | null | readonly (string | number | boolean | null)[];

/** Features of the engineers' own stand beside the others; their names begin with `custom`, for example `customFaces`. */
export interface OwnFeatures {
  readonly [name: `custom${string}`]: FeatureValue;
}

/** What processing an image gives. */
export interface ProcessingResult {
  readonly outputs: readonly OutputImage[];
  readonly features: ImageFeatures | (ImageFeatures & OwnFeatures);
}

/**
 * The engineers' code.
 * @throws ImageRefused when the image can never be processed.
 */
export type Process = (image: InputImage, context: ProcessingContext) => Promise<ProcessingResult>;
