import { z } from "zod";

/**
 * Lines of `terraform apply -json`.
 * https://developer.hashicorp.com/terraform/internals/machine-readable-ui
 */
const messageSchema = z.looseObject({
  "@message": z.string(),
  type: z.string(),
  changes: z.looseObject({ add: z.int(), change: z.int(), remove: z.int(), operation: z.string() }).optional(),
  diagnostic: z
    .looseObject({
      severity: z.string(),
      summary: z.string(),
      detail: z.string().default(""),
      address: z.string().optional(),
    })
    .optional(),
});

/** What Terraform has changed. */
export interface AppliedCounts {
  readonly add: number;
  readonly change: number;
  readonly destroy: number;
}

/** Reads the lines of an apply as they come. */
export class ApplyMessages {
  /** As Terraform sums up at its end; nothing until then. */
  counts: AppliedCounts | undefined;
  /** How many resources were dealt with so far. */
  completed = 0;
  /** Whether Terraform has begun to change something. */
  started = false;
  /** Summaries of the errors. */
  readonly summaries: string[] = [];
  /** The errors, with address and detail, one a block. */
  readonly errors: string[] = [];

  /** Takes one line; returns what of it is worth showing as progress. */
  take(line: string): string | undefined {
    const message = parse(line);
    if (message === undefined) return undefined;
    const { type, changes, diagnostic } = message;
    if (type === "apply_start") this.started = true;
    if (type === "apply_complete") this.completed += 1;
    if (type === "change_summary" && changes && changes.operation !== "plan") {
      this.counts = { add: changes.add, change: changes.change, destroy: changes.remove };
    }
    if (diagnostic?.severity === "error") {
      const { summary, detail, address } = diagnostic;
      this.summaries.push(summary);
      this.errors.push(
        `Error: ${[`${summary}${address === undefined ? "" : ` (${address})`}`, detail].join("\n").trim()}`,
      );
    }
    // The id in brackets may be long, and of some resources it says more than it should.
    return /^apply_(start|progress|complete|errored)$/.test(type)
      ? message["@message"].replace(/ \[id=.*/, "")
      : undefined;
  }
}

function parse(line: string): z.infer<typeof messageSchema> | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return messageSchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
