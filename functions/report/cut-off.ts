import * as z from "zod";
import type { RunEnd } from "./run-end";

/** "Step Functions Execution Status Change", as EventBridge tells it (Step Functions Developer Guide, "EventBridge integration"). */
const schema = z.object({
  source: z.literal("aws.states"),
  detail: z.object({
    name: z.string().min(1),
    status: z.enum(["TIMED_OUT", "ABORTED"]),
    /** Milliseconds since 1970. */
    startDate: z.number(),
    error: z.string().nullish(),
    cause: z.string().nullish(),
  }),
});

const causes = {
  TIMED_OUT: "The run was cut off at its longest time. Images that are not finished stay where they are.",
  ABORTED: "Somebody stopped the run. Images that are not finished stay where they are.",
} as const;

/** The end of a run that could not report it itself, since it was cut off; nothing when the event is of another kind. */
export function cutOffRun(event: unknown): RunEnd | undefined {
  const { data } = schema.safeParse(event);
  if (data === undefined) return undefined;
  const { name, status, startDate, error, cause } = data.detail;
  return {
    run: name,
    startedAt: new Date(startDate).toISOString(),
    state: "failed",
    failure: {
      Error: error || `States.${status === "TIMED_OUT" ? "Timeout" : "Aborted"}`,
      Cause: cause || causes[status],
    },
  };
}
