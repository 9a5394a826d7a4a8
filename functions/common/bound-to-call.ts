import type { ProcessingDependencies } from "./process-image";
import { OutOfTime, type TimeBudget } from "./time-budget";

/**
 * The same dependencies for the length of one call: requests to S3 are given up when the call has to answer, and no
 * processing begins that could not end in time. Without the latter an image for which S3 was slow would be processed in
 * what is left of the call, run into its time limit, and be refused for the fault of another.
 */
export function boundToCall<Dependencies extends ProcessingDependencies>(
  dependencies: Dependencies,
  budget: TimeBudget,
): Dependencies {
  return {
    ...dependencies,
    store: dependencies.store.until(budget.signal),
    process: async (image, context) => {
      if (!budget.allowsAnother()) throw new OutOfTime();
      return dependencies.process(image, context);
    },
  };
}
