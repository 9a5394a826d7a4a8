import type { MSKEvent } from "aws-lambda";
import type { Delivered } from "./response";

/** The call does not come from an event source mapping for Kafka. */
export class BadStreamEvent extends Error {
  override readonly name = "BadStreamEvent";
}

/**
 * The records of a call, each under the name of its partition, in the order of the event.
 * @throws BadStreamEvent when it is no event of a Kafka event source mapping.
 */
export function deliveredRecords(event: MSKEvent): readonly Delivered[] {
  const records: unknown = (event as Partial<MSKEvent> | null)?.records;
  if (typeof records !== "object" || records === null || !Object.values(records).every(Array.isArray)) {
    throw new BadStreamEvent(
      'Expected an event of a Kafka event source mapping, {"records": {"<topic>-<partition>": […]}}, but got another. ' +
        "Only the event source mapping of the compute stack may call this function.",
    );
  }
  return Object.entries(event.records).flatMap(([partition, list]) => list.map((record) => ({ partition, record })));
}
