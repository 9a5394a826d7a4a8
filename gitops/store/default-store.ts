import type { Environment } from "../../environments/schema";
import { bucketName } from "../../modules/names";

/** Where an environment's reviewed plans and records of applies are kept, unless a command is told otherwise. */
export const defaultStore = (environment: Environment): string => `s3://${bucketName(environment, "plans")}`;
