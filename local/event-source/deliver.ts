import { recordsDone } from "./answer";
import { isTooLarge } from "./batches";
import type { Condition, GivenUp } from "./failure-record";
import type { Invocation } from "./invoke";
import type { Mapping } from "./mapping";
import { type EventRecord, mskEvent } from "./msk-event";

/** What delivery needs of the world. */
export interface DeliveryEdges {
  readonly brokers: readonly string[];
  invoke(payload: string): Promise<Invocation>;
  /** Resolves when the records are safe in the on-failure destination. */
  giveUp(given: GivenUp): Promise<void>;
  /** Waits before the next invocation. @throws when the source stops. */
  pause(attempt: number): Promise<void>;
  now(): number;
}

interface Pending {
  readonly records: readonly EventRecord[];
  /** Invocations in which these records, from the first on, failed. */
  readonly failures: number;
  readonly last: GivenUp["last"];
}

type Settings = Pick<Mapping, "maxRetries" | "maxAgeSeconds" | "bisect" | "partialResponses" | "sourceArn">;

/**
 * Delivers one batch as Lambda would: every record is processed or given up when this resolves, in the order of the
 * partition. A split does not use up a retry; a function that did not run (throttled, not reachable) is tried again
 * until the records are too old.
 */
export const deliver = async (
  batch: readonly EventRecord[],
  settings: Settings,
  edges: DeliveryEdges,
): Promise<void> => {
  const queue: Pending[] = [{ records: batch, failures: 0, last: undefined }];
  let waits = 0;
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const pending = await withoutHopeless(next, settings, edges);
    const [first] = pending.records;
    if (first === undefined) continue;
    const payload = mskEvent({ sourceArn: settings.sourceArn, brokers: edges.brokers }, pending.records);
    const invocation = await edges.invoke(payload);
    if (invocation.kind === "not-run") {
      queue.unshift(pending);
      await edges.pause(++waits);
      continue;
    }
    waits = 0;
    const remaining = afterInvocation(pending, invocation, settings);
    queue.unshift(...remaining);
    const failed = remaining[0]?.failures ?? 0;
    if (failed > 0) await edges.pause(failed);
  }
};

/** What is left to deliver: nothing, the records from the first failed one on, or their halves. */
const afterInvocation = (
  { records, failures }: Pending,
  invocation: Exclude<Invocation, { kind: "not-run" }>,
  { partialResponses, bisect }: Settings,
): Pending[] => {
  if (invocation.kind === "answered" && !partialResponses) return [];
  const done = invocation.kind === "answered" ? recordsDone(invocation.answer, records) : 0;
  if (done === records.length) return [];
  const last =
    invocation.kind === "failed"
      ? invocation
      : {
          ...invocation,
          kind: "failed" as const,
          functionError: "BatchItemFailures",
          executedVersion: "$LATEST",
          statusCode: 200,
        };
  const left = records.slice(done);
  // The first failed record of a partial answer has failed once; nothing is known of those behind it.
  if (done > 0) return [{ records: left, failures: 1, last }];
  if (bisect && left.length > 1) {
    const middle = Math.ceil(left.length / 2);
    return [left.slice(0, middle), left.slice(middle)].map((half) => ({ records: half, failures, last }));
  }
  return [{ records: left, failures: failures + 1, last }];
};

/** Gives up what must not be tried again; what is left may be invoked. */
const withoutHopeless = async (pending: Pending, settings: Settings, edges: DeliveryEdges): Promise<Pending> => {
  const { maxRetries, maxAgeSeconds, sourceArn } = settings;
  const giveUp = async (condition: Condition, records: readonly EventRecord[]): Promise<void> => {
    if (records.length === 0) return;
    const payload = mskEvent({ sourceArn, brokers: edges.brokers }, records);
    await edges.giveUp({ condition, records, payload, invocations: pending.failures, last: pending.last });
  };
  if (pending.failures > maxRetries) {
    await giveUp("RetryAttemptsExhausted", pending.records);
    return { ...pending, records: [] };
  }
  const oldest = edges.now() - maxAgeSeconds * 1000;
  const [old, young] = split(pending.records, ({ timestamp }) => timestamp < oldest);
  await giveUp("RecordAgeExceeded", old);
  const [large, left] = split(young, isTooLarge);
  await giveUp("MaximumPayloadSizeExceeded", large);
  return { ...pending, records: left };
};

const split = <T>(values: readonly T[], is: (value: T) => boolean): [T[], T[]] => [
  values.filter(is),
  values.filter((value) => !is(value)),
];
