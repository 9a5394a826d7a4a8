import * as z from "zod";

const output = z.object({
  name: z.string(),
  key: z.string(),
  width: z.number(),
  height: z.number(),
});

/** What the gallery reads of a feature record (docs/features.md). */
const pictureRecord = z.object({
  imageId: z.string(),
  source: z.enum(["stream", "upload"]),
  name: z.string(),
  processedAt: z.iso.datetime(),
  processingVersion: z.string(),
  outputs: z.array(output).min(1),
});

export type PictureRecord = z.infer<typeof pictureRecord>;
export type PictureOutput = z.infer<typeof output>;

/** undefined when it is no record, or one of an image without renditions. */
export function readPictureRecord(text: string): PictureRecord | undefined {
  try {
    return pictureRecord.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

const pixels = ({ width, height }: PictureOutput): number => width * height;

/** The smallest and the largest rendition; of one alone, that one. */
export function renditionsOf({
  outputs,
}: PictureRecord): { thumbnail: PictureOutput; large: PictureOutput } | undefined {
  const [thumbnail, ...more] = outputs.toSorted((one, other) => pixels(one) - pixels(other));
  return thumbnail && { thumbnail, large: more.at(-1) ?? thumbnail };
}
