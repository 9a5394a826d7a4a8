import * as z from "zod";
import { text, wholeNumber } from "./common";

const code = z
  .union([
    z.strictObject({
      folder: text(
        /^functions\/(?!(?:batch|bundle|common|contract|gpu-meter|producer|report|stream)$)[a-z][a-z0-9-]{0,31}$/,
        "a folder of image code below functions/, for example functions/processing",
      ).describe("Folder with the engineers' TypeScript code; another environment may run another folder."),
    }),
    z.strictObject({
      image: text(
        /^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com\/[a-z0-9._/-]+(:[\w.-]+)?@sha256:[0-9a-f]{64}$/,
        "an ECR image pinned by digest, for example 111122223333.dkr.ecr.eu-central-1.amazonaws.com/processing@sha256:…",
      ).describe("Container image in ECR, pinned by digest, for code in another language."),
    }),
  ])
  .describe("The code that processes images: a folder of this repository or a container image.");

const rendition = z.strictObject({
  name: text(/^[a-z][a-z0-9-]{0,31}$/, "lower-case letters, digits and '-', at most 32").describe(
    "Name of the rendition, part of the object's key.",
  ),
  format: z
    .enum(["jpeg", "png", "webp", "avif"], { error: "one of jpeg, png, webp, avif" })
    .describe("File format: jpeg, png, webp or avif."),
  maxWidthPixels: wholeNumber(1, 16_383, "pixels").describe("Largest width; smaller images are not enlarged."),
  maxHeightPixels: wholeNumber(1, 16_383, "pixels").describe("Largest height; smaller images are not enlarged."),
  fit: z
    .enum(["inside", "cover"], { error: "inside or cover" })
    .describe("inside: the whole picture within the box. cover: the box filled, the rest cut off."),
  animation: z
    .enum(["keep", "first-frame"], { error: "keep or first-frame" })
    .optional()
    .describe("Only webp: keep leaves animated images animated. Left out, or first-frame: a still picture."),
  quality: wholeNumber(1, 100, "quality steps").describe("Quality of the encoder, 1 to 100."),
});

/** The functions that process images (Lambda Developer Guide, "Lambda quotas"; sharp, "Input metadata" for the limits). */
export const processingSettings = z
  .strictObject({
    code,
    architecture: z
      .enum(["arm64", "host"], { error: "arm64 or host" })
      .describe("arm64 on AWS; host only for the local account, where functions run on this computer."),
    memoryMegabytes: wholeNumber(512, 10_240, "MB").describe(
      "Memory of a function, 512 to 10240 MB; CPU grows with it.",
    ),
    timeoutSeconds: wholeNumber(10, 240, "seconds").describe(
      "Longest run of a function, 10 to 240 seconds; above 78 a batch run costs more (docs/operations.md).",
    ),
    streamConcurrency: wholeNumber(1, 1000, "functions").describe(
      "Most stream functions at once, 1 to 1000 (reserved concurrency).",
    ),
    batchConcurrency: wholeNumber(1, 1000, "functions").describe(
      "Most batch functions at once, 1 to 1000 (reserved concurrency).",
    ),
    batchItems: wholeNumber(1, 100, "images").describe("Images one batch function call gets, 1 to 100."),
    batchToleratedFailurePercent: wholeNumber(0, 100, "percent").describe(
      "A batch run stops when more than this share of its calls fail for passing reasons, 0 to 100; images not done stay pending.",
    ),
    limits: z
      .strictObject({
        maxPixels: wholeNumber(1, 268_402_689, "pixels").describe(
          "Largest picture decoded, width × height × frames, at most 268402689 pixels; a larger one is quarantined.",
        ),
        maxBytes: wholeNumber(1, 104_857_600, "bytes").describe(
          "Largest file accepted, at most 104857600 bytes (100 MiB); a larger one is quarantined.",
        ),
        maxFrames: wholeNumber(1, 1000, "frames").describe(
          "Most frames or pages of an image, 1 to 1000; an image with more is quarantined.",
        ),
      })
      .describe("What is refused before it is decoded."),
    renditions: z
      .array(rendition, { error: "a list of renditions" })
      .min(1, { error: "at least one rendition" })
      .describe("The pictures made from each image."),
  })
  .describe("How images are processed.");
