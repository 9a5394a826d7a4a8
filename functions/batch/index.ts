import { deployedDependencies } from "../common/dependencies";
import { observed } from "../common/observed";
import { attemptBatch } from "./attempt";

const dependencies = { ...deployedDependencies("batch"), random: Math.random };

/** Entry of the batch function: images that the Distributed Map, or a command, listed. */
export const handler = observed(dependencies, (event: unknown, context) => attemptBatch(event, context, dependencies));
