import type { Context } from "aws-lambda";
import { errorFields, type FunctionLog } from "./log";
import type { Meter } from "./meter";

/** What tells the world of a call. */
export interface Observers {
  readonly functionLog: FunctionLog;
  readonly meter?: Meter;
}

/** The entry of a function: its lines and metrics belong to the call, and a call that fails as a whole says why in the log. */
export const observed =
  <Event, Answer>(
    { functionLog, meter }: Observers,
    handle: (event: Event, context: Context) => Promise<Answer>,
  ): ((event: Event, context: Context) => Promise<Answer>) =>
  async (event, context) => {
    functionLog.begin(context);
    meter?.begin();
    try {
      return await handle(event, context);
    } catch (error) {
      functionLog.log("error", "call failed", errorFields(error));
      throw error;
    }
  };
