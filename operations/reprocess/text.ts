import type { ReprocessResult } from "./reprocess";

const number = (value: number): string => value.toLocaleString("en");

/** The result for people. */
export function reprocessText(
  { version, days, toProcess, images, reports, failures }: ReprocessResult,
  dryRun: boolean,
): string {
  const over = `${number(days.length)} ${days.length === 1 ? "day" : "days"} with images`;
  if (dryRun) return `${number(toProcess)} images would be processed by version ${version}, of ${over}.`;
  if (images === undefined || (toProcess === 0 && reports.length + failures.length === 0)) {
    return `Nothing to do: the images of ${over} are at version ${version}.`;
  }
  const { processed, quarantined, skipped, failed, notStarted } = images;
  return [
    `${number(processed)} images processed by version ${version}, ${number(quarantined)} refused, ${number(skipped)} skipped, ` +
      `${number(failed + notStarted)} not finished.`,
    ...failures.map((failure) => `  ${failure}`),
    ...reports.map((report) => `Report: ${report}`),
  ].join("\n");
}

/** Whether nothing is left that another call would take. */
export const finished = ({ images, failures }: ReprocessResult): boolean =>
  failures.length === 0 && (images === undefined || images.failed + images.notStarted === 0);
