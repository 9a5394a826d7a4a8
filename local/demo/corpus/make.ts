import { UserError } from "../../../gitops/user-error";
import { bounded } from "../bounded";
import { formats } from "./formats";
import { emptyFile, hostileFiles, type Limits, padded } from "./hostile";
import type { MadeFile, Source } from "./item";
import type { Photograph } from "./photographs";
import { viewOf } from "./view";

/** What the corpus is made for. */
export interface CorpusSettings extends Limits {
  /** Pictures of each source, hostile files beside them. */
  readonly picturesPerSource: number;
  /** Largest image that travels in a Kafka record, in bytes: some pictures exceed it. */
  readonly inlineMaxBytes: number;
}

/** Pictures too large for a Kafka record, of each source. */
const largePictures = 2;

/** Web app 2 takes files of this size and larger in parts, where nothing else is set. */
const partsFromBytes = 16 * 1_048_576;

/** Makes the files of one source, every one different, and hands each to `keep`. The same input gives the same bytes. */
export async function makeFiles(
  source: Source,
  photographs: readonly Photograph[],
  settings: CorpusSettings,
  keep: (index: number, file: MadeFile) => Promise<void>,
): Promise<void> {
  const start = source === "stream" ? 0 : 100_000;
  const photograph = (index: number) => photographs[index % photographs.length] as Photograph;
  const picture = async (index: number): Promise<MadeFile> => {
    if (index < largePictures) {
      const large = await largePicture(photograph(index), start + index, settings);
      const inParts = source === "upload" && index === 0 && settings.maxBytes > partsFromBytes;
      return inParts
        ? { ...large, kind: "JPEG of more than 16 MiB", bytes: padded(large.bytes, partsFromBytes + 1) }
        : large;
    }
    const format = formats[index % formats.length] as (typeof formats)[number];
    // Twenty formats and, say, twenty photographs would always meet in the same pairs without the shift.
    const material = photograph(index + Math.floor(index / formats.length) + (source === "stream" ? 0 : 1));
    const name = `${material.name}-${index}.${format.extension}`;
    return { name, kind: format.kind, expectation: "processed", bytes: await format.encode(material, start + index) };
  };
  const pictures = Array.from({ length: settings.picturesPerSource }, (_, index) => index);
  await bounded(pictures, 3, (index) => picture(index).then((file) => keep(index, file)));
  const hostile = await hostileFiles(photograph(0), start + settings.picturesPerSource, settings, source);
  const all = source === "stream" ? [...hostile, emptyFile] : hostile;
  await bounded(all, 2, (file, index) => keep(settings.picturesPerSource + index, file));
}

/** A picture with more bytes than a Kafka record takes. @throws UserError when the photograph yields none */
async function largePicture(
  photograph: Photograph,
  seed: number,
  { inlineMaxBytes }: CorpusSettings,
): Promise<MadeFile> {
  for (const side of [1600, 2400, 3600, 5400]) {
    const bytes = await viewOf(photograph, seed, side).jpeg({ quality: 97 }).toBuffer();
    if (bytes.length > inlineMaxBytes) {
      return {
        name: `${photograph.name}-large-${seed}.jpg`,
        kind: "JPEG over the inline limit",
        expectation: "processed",
        bytes,
      };
    }
  }
  throw new UserError(
    `${photograph.name}: no picture of it has more than streaming.inlineMaxBytes (${inlineMaxBytes} bytes)`,
  );
}
