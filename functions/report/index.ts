import { EnvironmentError } from "../common/environment";
import { createS3Client } from "../common/s3-store";
import { type ReportAnswer, writeReport } from "./handler";
import { s3Results } from "./result-store";

const bucket = process.env.REPORTS_BUCKET ?? "";
if (bucket === "") {
  throw new EnvironmentError(
    "Environment variables missing: REPORTS_BUCKET. The compute stack sets it; deploy it again.",
  );
}
const dependencies = { bucket, store: s3Results(createS3Client(), bucket), now: () => new Date() };

/** Entry of the report function: the end of a batch run. */
export const handler = (event: unknown): Promise<ReportAnswer> => writeReport(event, dependencies);
