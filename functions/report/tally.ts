import * as z from "zod";

/** Images of a run by what became of them. */
export interface ImageCounts {
  readonly processed: number;
  readonly quarantined: number;
  /** Already processed by this version, or taken care of by somebody else. */
  readonly skipped: number;
  /** Not finished after the last attempt; the next run takes them. */
  readonly failed: number;
  /** Never begun, since the run stopped before. */
  readonly notStarted: number;
}

/** Calls of the function as the Distributed Map made them, one a child. */
export interface ChildCounts {
  readonly succeeded: number;
  readonly failed: number;
  readonly notStarted: number;
}

/** State in which a child ended, as the result files are called. */
export type ChildState = "SUCCEEDED" | "FAILED" | "PENDING";

/** One entry of a result file (Step Functions Developer Guide, "ResultWriter"): input and output are JSON in a string. */
const entrySchema = z.object({
  Input: z.string().optional(),
  Output: z.string().optional(),
  Error: z.string().optional(),
  Cause: z.string().optional(),
});

const count = z.int().min(0).default(0);
const outputSchema = z.object({ processed: count, quarantined: count, skipped: count });
const summarySchema = outputSchema.extend({ failed: z.int().min(0), failure: z.string().optional() });
const inputSchema = z.object({ Items: z.array(z.unknown()) });

/** More would only repeat the first. */
const mostFailures = 10;
const mostCharacters = 300;

/** Sums up children one by one, whatever their number. */
export class Tally {
  private images = { processed: 0, quarantined: 0, skipped: 0, failed: 0, notStarted: 0 };
  private children = { succeeded: 0, failed: 0, notStarted: 0 };
  private readonly causes: string[] = [];

  /** An entry of a result file. */
  add(state: ChildState, entry: unknown): void {
    const { Input, Output, Error: error, Cause } = entrySchema.catch({}).parse(entry);
    if (state === "SUCCEEDED") this.succeeded(parsed(Output));
    else if (state === "FAILED") this.failed(Cause, error, imagesIn(Input));
    else {
      this.children.notStarted++;
      this.images.notStarted += imagesIn(Input);
    }
  }

  /** What a child answered, from the Map's own array: nothing when the child failed. */
  addAnswer(answer: unknown): void {
    if (answer === null) this.failed(undefined, undefined, 1);
    else this.succeeded(answer);
  }

  result(): { readonly images: ImageCounts; readonly children: ChildCounts; readonly failures: readonly string[] } {
    return { images: this.images, children: this.children, failures: this.causes };
  }

  private succeeded(output: unknown): void {
    const { processed, quarantined, skipped } = outputSchema
      .catch({ processed: 0, quarantined: 0, skipped: 0 })
      .parse(output);
    this.children.succeeded++;
    this.finished(processed, quarantined, skipped);
  }

  /** A child that gave up tells how far it came; of one that crashed nothing is known, so all its images count as failed. */
  private failed(cause: string | undefined, error: string | undefined, images: number): void {
    this.children.failed++;
    const summary = summarySchema.safeParse(parsed(cause));
    if (summary.success) {
      const { processed, quarantined, skipped, failed } = summary.data;
      this.finished(processed, quarantined, skipped);
      this.images.failed += failed;
    } else {
      this.images.failed += images;
    }
    const text = summary.success ? summary.data.failure : [error, cause].filter(Boolean).join(": ");
    if (text && this.causes.length < mostFailures) this.causes.push(text.slice(0, mostCharacters));
  }

  private finished(processed: number, quarantined: number, skipped: number): void {
    this.images.processed += processed;
    this.images.quarantined += quarantined;
    this.images.skipped += skipped;
  }
}

/** Images of a child's input; one when it has no list, as where nothing batches items. */
function imagesIn(input: string | undefined): number {
  const listed = inputSchema.safeParse(parsed(input));
  return listed.success ? listed.data.Items.length : 1;
}

function parsed(json: string | undefined): unknown {
  try {
    return JSON.parse(json ?? "");
  } catch {
    return undefined;
  }
}
