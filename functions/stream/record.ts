import type { MSKRecord } from "aws-lambda";
import { BadMessage } from "../common/message";
import { type Outcome, type ProcessingDependencies, processImage } from "../common/process-image";
import { quarantine } from "../common/quarantine";
import type { SourceImage } from "../common/source-image";
import { sourceOf, unreadable } from "./sources";

/**
 * Processes the image of one record; a record that keeps to no contract goes to quarantine.
 * @throws on a fault of the moment.
 */
export async function processRecord(
  record: MSKRecord,
  secondsAllowed: number,
  dependencies: ProcessingDependencies,
): Promise<Outcome> {
  let image: SourceImage;
  try {
    image = sourceOf(record, dependencies);
  } catch (error) {
    if (!(error instanceof BadMessage)) throw error;
    const refused = unreadable(record, dependencies);
    await quarantine(refused, { reason: "bad-message", message: error.message }, dependencies);
    dependencies.meter?.refused("bad-message");
    dependencies.log("warn", "record refused", { imageId: refused.imageId, reason: "bad-message" });
    return "quarantined";
  }
  return processImage(image, secondsAllowed, dependencies);
}
