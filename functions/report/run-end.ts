import * as z from "zod";

const details = z.object({ ResultWriterDetails: z.object({ Key: z.string() }) });

/** The end of a run, as the state machine tells it. */
export const runEndSchema = z.object({
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
export type RunEnd = z.infer<typeof runEndSchema>;
