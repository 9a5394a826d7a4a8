import * as z from "zod";
import { cutOffRun } from "./cut-off";

const details = z.object({ ResultWriterDetails: z.object({ Key: z.string() }) });

const schema = z.object({
  run: z.string().min(1),
  startedAt: z.iso.datetime({ offset: true }),
  state: z.enum(["succeeded", "failed"]),
  /** What the Distributed Map listed; not told of a run that was cut off. */
  listed: z.object({ bucket: z.string(), prefix: z.string() }).optional(),
  /** Where ResultWriter put the results, or the results themselves where nothing wrote them. */
  results: z.union([details, z.array(z.unknown())]).optional(),
  failure: z.object({ Error: z.string(), Cause: z.string() }).partial().optional(),
});

/** What the state machine tells of a run that ends, or EventBridge of one that was cut off. */
export type RunEnd = z.infer<typeof schema>;

/** The call does not come from the batch's state machine. */
export class BadReportEvent extends Error {
  override readonly name = "BadReportEvent";
}

/** @throws BadReportEvent naming all faults. */
export function runEnd(event: unknown): RunEnd {
  const cutOff = cutOffRun(event);
  if (cutOff) return cutOff;
  const result = schema.safeParse(event);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw new BadReportEvent(`Expected the end of a batch run, but got: ${faults.join("; ")}`);
}
