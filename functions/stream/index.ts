import type { MSKEvent } from "aws-lambda";
import { deployedDependencies } from "../common/dependencies";
import { observed } from "../common/observed";
import { handleStream } from "./handler";

const dependencies = deployedDependencies("stream");

/** Entry of the stream function: images that come by Kafka. */
export const handler = observed(dependencies, (event: MSKEvent, context) => handleStream(event, context, dependencies));
