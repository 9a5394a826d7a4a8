import type { RefusalReason } from "./refusal";

/** The two ways into the pipeline: web app 1 streams, web app 2 uploads. */
export type Source = "stream" | "upload";

/** What must become of a file: a picture, or a refusal with its reason. */
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
  readonly sizeBytes: number;
  /** SHA-256 of the bytes, hex. */
  readonly sha256: string;
  /** MD5 of the bytes, hex: the ETag of a plain upload. */
  readonly md5: string;
  /** Absolute path of the file that holds the bytes. */
  readonly path: string;
}

/** A file before it is stored. */
export interface MadeFile {
  readonly name: string;
  readonly kind: string;
  readonly expectation: Expectation;
  readonly bytes: Buffer;
}
