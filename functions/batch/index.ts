import type { Context } from "aws-lambda";
import { deployedDependencies } from "../common/dependencies";
import { type BatchResult, handleBatch } from "./handler";

const dependencies = deployedDependencies("batch");

/** Entry of the batch function: uploaded images that the Distributed Map listed. */
export const handler = (event: unknown, context: Context): Promise<BatchResult> =>
  handleBatch(event, context, dependencies);
