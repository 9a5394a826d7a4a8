import { mix } from "../images/mix";
import type { PathResult, ProcessingBench } from "../result";
import { figure, table, usd } from "./table";

/** Every part of docs/bench.md that is written from figures, by its name in the file. */
export const sections: Readonly<Record<string, (bench: ProcessingBench) => string>> = {
  must: ({ ratio, streamRatio, batchRatio, peakMegabytes, coldStartMilliseconds }) =>
    table(
      ["", "measured", "must be"],
      [
        ["`ratio`: default processing by the bare sharp script", figure(ratio, 2), "at least 0.95"],
        [
          "`streamRatio`: Kafka → function → S3 by the default processing alone",
          figure(streamRatio, 2),
          "at least 0.85",
        ],
        ["`batchRatio`: S3 → function → S3 by the default processing alone", figure(batchRatio, 2), "at least 0.85"],
        ["`peakMegabytes`: most memory of a function's process", `${figure(peakMegabytes)} MB`, "reported"],
        ["`coldStartMilliseconds`: start of the stream function", `${figure(coldStartMilliseconds)} ms`, "reported"],
      ],
    ),

  run: ({ images, rounds, imagesAtOnce, computer, environment, measuredOn }) =>
    [
      `Measured on ${measuredOn}: ${images.reduce((sum, one) => sum + one.images, 0)} images, ${imagesAtOnce} at once,`,
      `medians of ${rounds} rounds; settings of environments/${environment}.yaml. ${computer.processor}, ${computer.cores} cores`,
      `(${computer.coreOfItsOwn ? "what is measured has one of its own" : "nothing could be pinned to a core"}; load average`,
      `${computer.load.map((load) => figure(load, 1)).join(" before and ")} after), Node ${computer.node}, sharp ${computer.sharp}, libvips ${computer.libvips}.`,
    ].join("\n"),

  images: ({ images }) =>
    table(
      ["class", "of a hundred", "images", "mean size"],
      mix.map(({ name, title, percent }) => {
        const of = images.find((one) => one.class === name);
        return [title, String(percent), figure(of?.images ?? null), `${figure(of?.kilobytes ?? null)} kB`];
      }),
    ),

  contenders: ({ contenders, ratios }) =>
    table(
      ["program", "images/s", "Darkroom by it", "CPU ms an image", "memory", "pictures of an image"],
      contenders.map(({ name, title, imagesPerSecond, cpuMillisecondsPerImage, peakMegabytes, kilobytesPerImage }) => [
        title,
        figure(imagesPerSecond, 1),
        name === "darkroom" ? "" : figure(ratios[name] ?? null, 2),
        figure(cpuMillisecondsPerImage),
        `${figure(peakMegabytes)} MB`,
        kilobytesPerImage === null ? "–" : `${figure(kilobytesPerImage)} kB`,
      ]),
    ),

  classes: ({ contenders, ratioByClass }) =>
    table(
      ["images/s", ...mix.map(({ name }) => name)],
      [
        ...contenders.map(({ title, imagesPerSecondByClass }) => [
          title,
          ...mix.map(({ name }) => figure(imagesPerSecondByClass[name], 1)),
        ]),
        ["**Darkroom by the bare sharp script**", ...mix.map(({ name }) => `**${figure(ratioByClass[name], 2)}**`)],
      ],
    ),

  paths: ({ stream, batch, streamRatio, batchRatio, contenders }) => {
    const row = (title: string, path: PathResult, ratio: number) => [
      title,
      figure(path.imagesPerSecond, 1),
      figure(ratio, 2),
      figure(path.cpuMillisecondsPerImage),
      figure(path.cpuRatio, 2),
      figure(path.firstImagesPerSecond, 1),
      `${figure(path.peakMegabytes)} MB`,
    ];
    const alone = contenders.find(({ name }) => name === "darkroom");
    return table(
      ["", "images/s", "ratio", "CPU ms an image", "ratio of CPU", "first images/s", "memory"],
      [
        [
          "default processing alone",
          figure(alone?.imagesPerSecond ?? null, 1),
          "",
          figure(alone?.cpuMillisecondsPerImage ?? null),
          "",
          "",
          `${figure(alone?.peakMegabytes ?? null)} MB`,
        ],
        row("stream: Kafka → function → S3", stream, streamRatio),
        row("batch: S3 → function → S3", batch, batchRatio),
      ],
    );
  },

  requests: ({ stream, batch }) =>
    table(
      ["requests to S3 an image", "PUT", "COPY", "GET", "HEAD", "DELETE"],
      [["stream", stream] as const, ["batch", batch] as const].map(([title, { requestsPerImage: of }]) => [
        title,
        ...[of.put, of.copy, of.get, of.head, of.delete].map((count) => figure(count, 2)),
      ]),
    ),

  memory: ({ memory, memoryMeasured }) =>
    `${memoryMeasured ? "Measured under a limit on processor time:" : "Reckoned from the processor time; it could not be limited here:"}\n\n${table(
      ["memory", "vCPU", "images at once", "ms an image", "Lambda's duration, a million images"],
      memory.map(({ megabytes, vcpus, imagesAtOnce, millisecondsPerImage, usdPerMillionImages }) => [
        `${figure(megabytes)} MB`,
        figure(vcpus, 2),
        String(imagesAtOnce),
        figure(millisecondsPerImage),
        usd(usdPerMillionImages),
      ]),
    )}`,

  peaks: ({ peaks }) =>
    table(
      ["picture of 50 megapixels", "one alone", "four at once", "time of one alone"],
      peaks.map(({ kind, oneMegabytes, fourMegabytes, oneSeconds }) => [
        kind,
        `${figure(oneMegabytes)} MB`,
        `${figure(fourMegabytes)} MB`,
        `${figure(oneSeconds, 1)} s`,
      ]),
    ),

  "cold-start": ({ coldStart }) =>
    table(
      ["from the process' start", "Node's first line", "handler can be called", "ours"],
      (["stream", "batch"] as const).map((name) => {
        const { nodeMilliseconds, readyMilliseconds } = coldStart[name];
        return [
          name,
          `${figure(nodeMilliseconds)} ms`,
          `${figure(readyMilliseconds)} ms`,
          `${figure(readyMilliseconds - nodeMilliseconds)} ms`,
        ];
      }),
    ),

  cost: ({ usdPerMillionImages: { stream, batch } }) =>
    table(
      ["a million images", "stream", "batch"],
      [
        ["Lambda, duration", usd(stream.lambdaDuration), usd(batch.lambdaDuration)],
        ["Lambda, requests", usd(stream.lambdaRequests), usd(batch.lambdaRequests)],
        ["S3, PUT, COPY and LIST", usd(stream.s3Writes), usd(batch.s3Writes)],
        ["S3, GET and HEAD", usd(stream.s3Reads), usd(batch.s3Reads)],
        ["Step Functions", "–", usd(batch.stepFunctions)],
        ["**all of these**", `**${usd(stream.total)}**`, `**${usd(batch.total)}**`],
      ],
    ),
};
