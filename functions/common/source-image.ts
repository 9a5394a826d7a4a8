import type { ImagePlace } from "./keys";
import type { Found, ObjectName } from "./store";

/** One image on its way, however it came. */
export interface SourceImage extends ImagePlace {
  readonly source: "stream" | "upload";
  /** File name, for people. */
  readonly name: string;
  /** When its sender sent it, or S3 received it. */
  readonly receivedAt: Date;
  /** In bytes, as announced. */
  readonly sizeBytes: number;
  /** What the sender says the bytes hash to, in hex; undefined when nobody said. */
  readonly sha256: string | undefined;
  /**
   * It comes again as a matter of course, also when it is processed already: its record is asked for before any work. Where it is
   * false, an image that comes again all the same is found out by its last, conditional write.
   */
  readonly comesAgain: boolean;
  /** Reads the image, at most `maxBytes` of it. */
  read(maxBytes: number): Promise<Found>;
  /** Puts the original where it is kept. @returns where that is. */
  keepOriginal(): Promise<ObjectName>;
  /** Puts the original into quarantine. */
  quarantineOriginal(target: ObjectName): Promise<void>;
  /** The image is processed or in quarantine, for certain: what waited for that may go. */
  finish(): Promise<void>;
}
