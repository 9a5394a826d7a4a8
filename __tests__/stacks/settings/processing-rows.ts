import { type Any, lambda, map, processing } from "./looks";
import type { Row } from "./row";

const image = `333333333333.dkr.ecr.eu-central-1.amazonaws.com/processing@sha256:${"0".repeat(64)}`;
const rendition = (name: string, value: unknown, look: (first: Any) => unknown): Row => ({
  setting: `processing.renditions[].${name}`,
  path: `processing.renditions.0.${name}`,
  value,
  layer: "compute",
  look: processing(({ renditions }) => look(renditions[0])),
  expected: value,
});

/** Rows of the settings processing. */
export const processingRows: Row[] = [
  {
    setting: "processing.code.folder",
    value: undefined,
    alone: true,
    layer: "compute",
    look: lambda("batch", ({ runtime, handler }) => [runtime, handler]),
    expected: ["nodejs22.x", "batch.handler"],
  },
  {
    setting: "processing.code.image",
    path: "processing.code",
    value: { image },
    layer: "compute",
    look: (stack) => [
      lambda("processing", ({ package_type, image_uri }) => [package_type, image_uri])(stack),
      lambda("batch", ({ runtime, environment }) => [runtime, environment.variables.PROCESSING_FUNCTION])(stack),
    ],
    expected: [
      ["Image", image],
      ["nodejs22.x", "darkroom-prod-processing"],
    ],
  },
  {
    setting: "processing.architecture",
    value: undefined,
    layer: "compute",
    look: lambda("stream", ({ architectures }) => architectures),
    expected: ["arm64"],
  },
  {
    setting: "processing.architecture",
    value: undefined,
    environment: "local",
    layer: "compute",
    look: lambda("stream", ({ architectures }) => architectures),
    expected: [process.arch === "arm64" ? "arm64" : "x86_64"],
  },
  {
    setting: "processing.memoryMegabytes",
    value: 3008,
    layer: "compute",
    look: (stack) => ["stream", "batch"].map((part) => lambda(part, ({ memory_size }) => memory_size)(stack)),
    expected: [3008, 3008],
  },
  {
    setting: "processing.timeoutSeconds",
    value: 33,
    layer: "compute",
    look: (stack) => ["stream", "batch"].map((part) => lambda(part, ({ timeout }) => timeout)(stack)),
    expected: [33, 33],
  },
  {
    setting: "processing.streamConcurrency",
    value: 11,
    layer: "compute",
    look: lambda("stream", ({ reserved_concurrent_executions }) => reserved_concurrent_executions),
    expected: 11,
  },
  {
    setting: "processing.batchConcurrency",
    value: 12,
    layer: "compute",
    look: lambda("batch", ({ reserved_concurrent_executions }) => reserved_concurrent_executions),
    expected: 12,
  },
  {
    setting: "processing.batchConcurrency",
    value: 12,
    layer: "compute",
    look: map(({ MaxConcurrency }) => MaxConcurrency),
    expected: 12,
  },
  {
    setting: "processing.batchItems",
    value: 13,
    layer: "compute",
    look: map(({ ItemBatcher }) => ItemBatcher.MaxItemsPerBatch),
    expected: 13,
  },
  {
    setting: "processing.batchToleratedFailurePercent",
    value: 7,
    layer: "compute",
    look: map(({ ToleratedFailurePercentage }) => ToleratedFailurePercentage),
    expected: 7,
  },
  {
    setting: "processing.limits.maxPixels",
    value: 1000,
    layer: "compute",
    look: processing(({ limits }) => limits.maxPixels),
    expected: 1000,
  },
  {
    setting: "processing.limits.maxBytes",
    value: 1001,
    layer: "compute",
    look: processing(({ limits }) => limits.maxBytes),
    expected: 1001,
  },
  {
    setting: "processing.limits.maxFrames",
    value: 99,
    layer: "compute",
    look: processing(({ limits }) => limits.maxFrames),
    expected: 99,
  },
  rendition("name", "large", ({ name }) => name),
  rendition("format", "avif", ({ format }) => format),
  rendition("maxWidthPixels", 99, ({ maxWidthPixels }) => maxWidthPixels),
  rendition("maxHeightPixels", 98, ({ maxHeightPixels }) => maxHeightPixels),
  rendition("fit", "cover", ({ fit }) => fit),
  {
    ...rendition("animation", undefined, () => undefined),
    path: "processing.renditions.1.animation",
    value: "first-frame",
    look: processing(({ renditions }) => renditions[1].animation),
    expected: "first-frame",
  },
  rendition("quality", 61, ({ quality }) => quality),
];
