import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";

const line = z.object({
  runId: z.string(),
  /** Of the corpus's file. */
  id: z.string(),
  /** Where web app 2 let it be uploaded. */
  key: z.string(),
  /** What S3 calls its content. */
  etag: z.string(),
});

/** An upload that was begun. */
export type BegunUpload = Omit<z.infer<typeof line>, "runId">;

/**
 * Which key web app 2 gave each upload of a run. It is kept on the disk, so that a run that was stopped in the middle finds in
 * the bucket what it had uploaded.
 */
export class UploadJournal {
  readonly #begun: Map<string, BegunUpload>;

  constructor(
    private readonly file: string,
    private readonly runId: string,
  ) {
    const lines = read(file).filter((one) => one.runId === runId);
    this.#begun = new Map(lines.map(({ id, key, etag }) => [id, { id, key, etag }]));
    mkdirSync(dirname(file), { recursive: true });
    if (lines.length === 0) writeFileSync(file, "");
  }

  /** The last upload that was begun of a file of the corpus. */
  of(id: string): BegunUpload | undefined {
    return this.#begun.get(id);
  }

  /** Notes an upload before it is sent. One of the same file that was begun before is given up. */
  begin(upload: BegunUpload): void {
    // On a line of its own, also behind one that was cut off.
    appendFileSync(this.file, `\n${JSON.stringify({ runId: this.runId, ...upload })}\n`);
    this.#begun.set(upload.id, upload);
  }
}

/** A line that was cut off when a run was killed had not led to an upload yet. */
function read(file: string): z.infer<typeof line>[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return [];
  }
  return text.split("\n").flatMap((row) => {
    try {
      return [line.parse(JSON.parse(row))];
    } catch {
      return [];
    }
  });
}
