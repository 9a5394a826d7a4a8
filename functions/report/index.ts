import { EnvironmentError } from "../common/environment";
import { createLog } from "../common/log";
import { observed } from "../common/observed";
import { createS3Client } from "../common/s3-store";
import { writeReport } from "./handler";
import { s3Results } from "./result-store";

const bucket = process.env.REPORTS_BUCKET ?? "";
if (bucket === "") {
  throw new EnvironmentError(
    "Environment variables missing: REPORTS_BUCKET. The compute stack sets it; deploy it again.",
  );
}
const functionLog = createLog({ environment: process.env.ENVIRONMENT, function: "report" });
const dependencies = { bucket, store: s3Results(createS3Client(), bucket), now: () => new Date() };

/** Entry of the report function: the end of a batch run. */
export const handler = observed({ functionLog }, async (event: unknown) => {
  const answer = await writeReport(event, dependencies);
  functionLog.log("info", "run reported", { key: answer.report.key, ...answer.images });
  return answer;
});
