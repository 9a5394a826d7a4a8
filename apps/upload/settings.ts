import { IANAZone } from "luxon";
import * as z from "zod";
import { occurrences } from "../../functions/common/cron/occurrences";
import { checkAuthentication, commonVariables, text, wholeNumber } from "../common/common-settings";
import { readSettings, type Variables } from "../common/settings";

const mebibyte = 1_048_576;

/** S3 refuses smaller parts, but for the last one (S3 User Guide, "Amazon S3 multipart upload limits"). */
const leastPartBytes = 5 * mebibyte;

const bucket = (which: string) => text(/^[a-z0-9.-]{3,63}$/, `the name of the ${which} bucket`);
const cron = "cron(…) with the six fields of EventBridge Scheduler";
const zone = "an IANA time zone, for example Europe/Berlin";

const schema = z.object({
  ...commonVariables,
  /** Where browsers upload to. */
  UPLOADS_BUCKET: bucket("uploads"),
  /** Where the gallery's pictures lie. */
  PROCESSED_BUCKET: bucket("processed"),
  /** Region of the buckets; Beanstalk's instances know it. */
  AWS_REGION: text(/^[a-z]{2}(-[a-z]+)+-\d$/, "an AWS region, for example eu-central-1"),
  /** Largest image that is taken: `processing.limits.maxBytes` of the environment file. */
  MAX_IMAGE_BYTES: wholeNumber(1, 104_857_600, "bytes").default(26_214_400),
  /** Files of this size and larger go in parts, so that an upload can go on after a cut. */
  MULTIPART_FROM_BYTES: wholeNumber(leastPartBytes, 5_368_709_120, "bytes").default(16 * mebibyte),
  /** Size of all parts but the last one; of the largest image there are 20 at most, where S3 takes 10,000. */
  PART_BYTES: wholeNumber(leastPartBytes, 5_368_709_120, "bytes").default(8 * mebibyte),
  /** How long a signed form or URL can be used; less when the credentials that signed it end before. */
  SIGNED_SECONDS: wholeNumber(60, 3600, "seconds").default(900),
  /** Whether the batch runs by itself: `schedule.enabled` of the environment file. */
  SCHEDULE_ENABLED: z.enum(["true", "false"], { error: "true or false" }).transform((value) => value === "true"),
  /** When it runs, as EventBridge Scheduler has it. */
  SCHEDULE_EXPRESSION: z.string({ error: cron }).refine(isCron, { error: cron }),
  /** The administrator's time zone. */
  SCHEDULE_TIME_ZONE: z.string({ error: zone }).refine((name) => IANAZone.isValidZone(name), { error: zone }),
  /** Days that processed images are kept: `retention.processedDays` of the environment file. */
  PROCESSED_DAYS: wholeNumber(1, 3650, "days"),
});

function isCron(expression: string): boolean {
  try {
    occurrences(expression, "UTC", new Date(0)).next();
    return true;
  } catch {
    return false;
  }
}

/** What the upload app is run with. */
export type UploadSettings = z.infer<typeof schema>;

/** @throws SettingsFaults naming every variable that is missing or wrong. */
export const readUploadSettings = (variables: Variables): UploadSettings =>
  readSettings(schema, variables, [checkAuthentication]);
