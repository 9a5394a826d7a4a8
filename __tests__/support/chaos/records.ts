import sharp from "sharp";
import { encodeMessage, sha256Of } from "../../../functions/common/message";
import type { QuarantineReason } from "../../../functions/common/quarantine";
import type { ImageToSend } from "../../../functions/producer";
import { seededRandom } from "../../../local/demo/corpus/random";
import type { Pipeline } from "./pipeline";

export type Colour = readonly [red: number, green: number, blue: number];

/** A Kafka record and what must become of it. */
export interface ChaosRecord {
  readonly id: string;
  /** As the feature record and the reason show it. */
  readonly name: string;
  /** In the keys. */
  readonly day: string;
  /** What a program would give the producer. */
  readonly image: ImageToSend;
  readonly message: { readonly key: string; readonly value: Buffer; readonly headers: Record<string, string> };
  /** When the record was made, in milliseconds since 1970. */
  readonly timestamp: number;
  readonly bytes: Buffer;
  /** In pixels, of the square picture. */
  readonly side: number;
  readonly expected:
    | { readonly state: "processed"; readonly colour: Colour }
    | { readonly state: "refused"; readonly reason: QuarantineReason };
}

/** Sides of the pictures, in pixels. A large one's file has more bytes than {@link inlineMaxBytes}. */
const sides = { small: 16, large: 512 } as const;

/** What travels in a record when the producer sends; more becomes an object first. */
export const inlineMaxBytes = 600;

/** A colour of its own for each of 2^24 numbers: an odd factor only reorders them. */
export function colourOf(number: number): Colour {
  const mixed = Math.imul(number + 1, 0x9e3779b1) & 0xffffff;
  return [mixed >> 16, (mixed >> 8) & 0xff, mixed & 0xff];
}

const picture = (number: number, side: number): Promise<Buffer> => {
  const [r, g, b] = colourOf(number);
  return sharp({ create: { width: side, height: side, channels: 3, background: { r, g, b } } })
    .png({ compressionLevel: 1 })
    .toBuffer();
};

interface Fault {
  readonly reason: QuarantineReason;
  readonly bytes?: (sound: Buffer, id: string) => Buffer;
  readonly headers?: Record<string, string>;
  readonly without?: string;
}

/** Files that are refused, whoever sends them. */
const faultsOfFiles: readonly Fault[] = [
  { reason: "empty", bytes: () => Buffer.alloc(0) },
  { reason: "not-an-image", bytes: (_, id) => Buffer.from(`No picture, only words: ${id}.`) },
  { reason: "corrupt", bytes: (sound) => sound.subarray(0, sound.length - 30) },
  { reason: "unsupported-format", bytes: (_, id) => Buffer.from(`%PDF-1.7 ${id}`) },
];

/** Records that are refused; the producer sends none of these. */
const faultsOfRecords: readonly Fault[] = [
  { reason: "checksum-mismatch", headers: { "darkroom-sha256": sha256Of(Buffer.from("something else")) } },
  { reason: "bad-message", without: "darkroom-sent-at" },
];

export interface RecordsProps {
  readonly pipeline: Pipeline;
  readonly count: number;
  /** Every how many records one is refused. */
  readonly refusedEach: number;
  /** Every how many records one is large. @default - none */
  readonly largeEach?: number;
  /** Whether all records are such as the producer sends. @default false */
  readonly byProducer?: boolean;
  readonly seed: number;
}

/** Records of distinct pictures, each of a colour that follows from its number; sent at any time of the last two days. */
export async function chaosRecords(props: RecordsProps): Promise<ChaosRecord[]> {
  const { pipeline, count, refusedEach, largeEach, byProducer = false, seed } = props;
  const faults = byProducer ? faultsOfFiles : [...faultsOfFiles, ...faultsOfRecords];
  const random = seededRandom(seed);
  const now = Date.now();
  const one = async (number: number): Promise<ChaosRecord> => {
    const id = `${pipeline.topic}-${number}`;
    const name = `picture ${number} é.png`;
    const sentAt = new Date(now - Math.floor(random() * 2 * 86_400_000));
    const fault = number % refusedEach === 0 ? faults[(number / refusedEach) % faults.length] : undefined;
    const side = fault === undefined && largeEach !== undefined && number % largeEach === 1 ? sides.large : sides.small;
    const sound = await picture(number, side);
    const bytes = fault?.bytes?.(sound, id) ?? sound;
    const message = encodeMessage({ kind: "inline", id, name, sentAt, bytes });
    const { [fault?.without ?? ""]: _, ...headers } = { ...message.headers, ...fault?.headers };
    const colour = colourOf(number);
    // Of a record that cannot be read only Kafka's own time is known.
    const instant = fault?.reason === "bad-message" ? new Date(now) : sentAt;
    return {
      id,
      name: fault?.reason === "bad-message" ? encodeURIComponent(name) : name,
      day: instant.toISOString().slice(0, 10),
      message: { ...message, headers },
      timestamp: now,
      image: { id, name, sentAt, bytes },
      bytes,
      side,
      expected: fault === undefined ? { state: "processed", colour } : { state: "refused", reason: fault.reason },
    };
  };
  const records: ChaosRecord[] = [];
  for (let number = 0; number < count; number++) records.push(await one(number));
  return records;
}
