import type { Context } from "aws-lambda";
import { deployedDependencies } from "../common/dependencies";
import { type Attempt, attemptBatch } from "./attempt";

const dependencies = { ...deployedDependencies("batch"), random: Math.random };

/** Entry of the batch function: images that the Distributed Map, or a command, listed. */
export const handler = (event: unknown, context: Context): Promise<Attempt> =>
  attemptBatch(event, context, dependencies);
