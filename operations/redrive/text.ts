import type { RedriveResult } from "./redrive";

const number = (value: number): string => value.toLocaleString("en");
const objects = (count: number): string => `${number(count)} ${count === 1 ? "object" : "objects"}`;

/** The result for people. */
export function redriveText({ records, refused }: RedriveResult, dryRun: boolean): string {
  const lines = [
    `Failed records: ${number(records.records)} in ${objects(records.objects)}.` +
      (dryRun
        ? ""
        : ` ${number(records.delivered)} went through, ${number(records.failed)} failed again; ${objects(records.redriven)} removed.`),
    ...records.failures.map((failure) => `  ${failure}`),
    ...records.strange.map((key) => `  ${key} is no record of Kafka that Lambda gave up on; it is left as it is.`),
  ];
  if (refused !== undefined) {
    lines.push(
      `Refused images of these reasons: ${number(refused.images)}.` +
        (dryRun
          ? ""
          : ` ${number(refused.processed)} processed now, ${number(refused.refused)} refused again, ${number(refused.failed)} not finished.`),
      ...refused.failures.map((failure) => `  ${failure}`),
    );
  }
  return lines.join("\n");
}
