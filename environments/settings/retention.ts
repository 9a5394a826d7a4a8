import { z } from "zod";
import { wholeNumber } from "./common";

/**
 * Ages that both CloudWatch Logs and Elastic Beanstalk can keep log events for, in days (CloudWatch Logs API reference,
 * PutRetentionPolicy; Elastic Beanstalk Developer Guide, "General options", aws:elasticbeanstalk:cloudwatch:logs).
 */
export const logRetentionDays = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1827, 3653] as const;

const days = () => wholeNumber(1, 3650, "days");

/**
 * How many days everything is kept. S3 removes an object at the first midnight UTC after its age reaches the number
 * (S3 API reference, LifecycleExpiration: a positive integer, rounded up to the next midnight UTC).
 */
export const retentionSettings = z
  .strictObject({
    processedDays: days().describe(
      "Days that processed images and their feature records are kept, 1 to 3650, counted from processing. S3 rounds up to the next midnight UTC.",
    ),
    originalsDays: days().describe("Days that original images are kept after they were processed, 1 to 3650."),
    quarantineDays: days().describe("Days that refused images and failed records are kept, 1 to 3650."),
    logDays: z
      .literal(logRetentionDays, { error: `one of ${logRetentionDays.join(", ")} (days CloudWatch Logs offers)` })
      .describe("Days that logs are kept; one of the ages CloudWatch Logs offers."),
  })
  .describe("How many days everything is kept.");
