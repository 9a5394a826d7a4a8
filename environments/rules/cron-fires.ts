import type { nextRuns as NextRuns } from "../schedule";
import { rule } from "./rule";

/** A batch that runs less often than this is taken for a mistake. */
const years = 5;

/** A cron expression that EventBridge Scheduler accepts and that fires (cron wildcards: EventBridge User Guide). */
export const cronFires = rule(["schedule"], function* ({ schedule }, now) {
  if (!("cron" in schedule)) return;
  // Loaded only for files that have a cron expression.
  const { cronFaults } =
    require("../../functions/common/cron/fields") as typeof import("../../functions/common/cron/fields");
  const path = ["schedule", "cron"];
  const faults = cronFaults(schedule.cron);
  for (const fault of faults) {
    const expected = "a cron expression that EventBridge Scheduler accepts";
    yield { path, expected, came: `${fault}, in ${JSON.stringify(schedule.cron)}`, toDo: "Correct this field." };
  }
  if (faults.length > 0) return;
  const { nextRuns } = require("../schedule") as { readonly nextRuns: typeof NextRuns };
  const limit = new Date(now);
  limit.setUTCFullYear(limit.getUTCFullYear() + years);
  const [first] = nextRuns(`cron(${schedule.cron})`, schedule.timeZone, now, 1);
  if (first && first <= limit) return;
  const expected = `a cron expression that fires within ${years} years`;
  const came = `${JSON.stringify(schedule.cron)} ${first ? `first fires on ${first.toISOString().slice(0, 10)}` : "never fires"} in ${schedule.timeZone}`;
  yield {
    path,
    expected,
    came,
    toDo: "Check that the month has the day, the year is not over, and the clocks do not skip the time.",
  };
});
