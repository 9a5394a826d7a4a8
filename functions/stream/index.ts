import type { Context, MSKEvent } from "aws-lambda";
import { deployedDependencies } from "../common/dependencies";
import { handleStream, type StreamResponse } from "./handler";

const dependencies = deployedDependencies("stream");

/** Entry of the stream function: images that come by Kafka. */
export const handler = (event: MSKEvent, context: Context): Promise<StreamResponse> =>
  handleStream(event, context, dependencies);
