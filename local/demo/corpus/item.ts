import type { DoorReason, RefusalReason } from "./refusal";

/** The two ways into the pipeline: web app 1 streams, web app 2 uploads. */
export type Source = "stream" | "upload";

/** What the code that processes images must make of a file: a picture, or a refusal with its reason. */
export type Expectation = "processed" | `refused:${RefusalReason}`;

/** One file of the corpus. Its bytes lie in `path`. */
export interface CorpusItem {
  /** Identity within the corpus, for example `stream-017`. */
  readonly id: string;
  readonly source: Source;
  /** File name as a sender would give it; not always honest. */
  readonly name: string;
  /** What kind of file it is, in words for the report. */
  readonly kind: string;
  readonly expectation: Expectation;
  /** Why the web app must turn it away, so that the code never sees it. */
  readonly door?: DoorReason;
  /** Its sender tells web app 2 that it begins as a JPEG does, to get past the door. */
  readonly lies?: boolean;
  readonly sizeBytes: number;
  /** SHA-256 of the bytes, hex. */
  readonly sha256: string;
  /** MD5 of the bytes, hex: the ETag of a plain upload. */
  readonly md5: string;
  /** Absolute path of the file that holds the bytes. */
  readonly path: string;
}

/** A file before it is stored. */
export interface MadeFile extends Pick<CorpusItem, "name" | "kind" | "expectation" | "door" | "lies"> {
  readonly bytes: Buffer;
}
