import { type DeliveryEdges, deliver } from "../../../local/event-source/deliver";
import type { Invocation } from "../../../local/event-source/invoke";
import type { EventRecord } from "../../../local/event-source/msk-event";

const record = (offset: number, changes: Partial<EventRecord> = {}): EventRecord => ({
  topic: "images",
  partition: 0,
  offset,
  timestamp: 1_000_000,
  timestampType: "CREATE_TIME",
  value: "",
  headers: [],
  ...changes,
});

const settings = {
  sourceArn: "arn:aws:kafka:eu-central-1:123456789012:cluster/a/b",
  maxRetries: 1,
  maxAgeSeconds: Number.POSITIVE_INFINITY,
  bisect: false,
  partialResponses: true,
};

const failed: Invocation = {
  kind: "failed",
  requestId: "r",
  functionError: "Unhandled",
  executedVersion: "1",
  statusCode: 200,
  answer: "",
};
const answered: Invocation = { kind: "answered", answer: "null", requestId: "r" };
const notRun: Invocation = { kind: "not-run", reason: "throttled" };

/** Delivers three records to a function that answers as listed, then well; tells what was invoked and given up. */
const run = async (
  answers: readonly Invocation[],
  changes: Partial<typeof settings> = {},
  records = [1, 2, 3].map((at) => record(at)),
) => {
  const left = [...answers];
  const invoked: number[][] = [];
  const givenUp: unknown[] = [];
  const pauses: number[] = [];
  let now = 1_000_000;
  const edges: DeliveryEdges = {
    brokers: ["127.0.0.1:9092"],
    invoke: async (payload) => {
      invoked.push((Object.values(JSON.parse(payload).records).flat() as EventRecord[]).map(({ offset }) => offset));
      now += 1000;
      return left.shift() ?? answered;
    },
    giveUp: async ({ condition, records: given, invocations }) => {
      givenUp.push([condition, given.map(({ offset }) => offset), invocations]);
    },
    pause: async (attempt) => {
      pauses.push(attempt);
    },
    now: () => now,
  };
  await deliver(records, { ...settings, ...changes }, edges);
  return { invoked, givenUp, pauses };
};

it("invokes once when the function succeeds", async () => {
  expect(await run([])).toEqual({ invoked: [[1, 2, 3]], givenUp: [], pauses: [] });
});

it("does not count what did not run as an attempt, and waits longer each time", async () => {
  expect(await run([notRun, notRun, notRun, failed])).toEqual({
    invoked: [
      [1, 2, 3],
      [1, 2, 3],
      [1, 2, 3],
      [1, 2, 3],
      [1, 2, 3],
    ],
    givenUp: [],
    pauses: [1, 2, 3, 1],
  });
});

it("gives up what gets too old while the function does not run", async () => {
  expect((await run([notRun, notRun, notRun, notRun], { maxAgeSeconds: 2 })).givenUp).toEqual([
    ["RecordAgeExceeded", [1, 2, 3], 0],
  ]);
});

it("gives the batch up after the last retry", async () => {
  expect(await run([failed, failed])).toEqual({
    invoked: [
      [1, 2, 3],
      [1, 2, 3],
    ],
    givenUp: [["RetryAttemptsExhausted", [1, 2, 3], 2]],
    pauses: [1, 2],
  });
});

it("splits a failed batch without using up a retry, in the partition's order", async () => {
  expect(await run([failed, failed, failed, failed], { bisect: true })).toEqual({
    invoked: [[1, 2, 3], [1, 2], [1], [1], [2], [3]],
    givenUp: [["RetryAttemptsExhausted", [1], 2]],
    pauses: [1, 2],
  });
});

it("ignores what the function says of failures unless the mapping asks for it", async () => {
  const answer = '{"batchItemFailures":[{"itemIdentifier":{"partition":"images-0","offset":2}}]}';
  expect((await run([{ ...answered, answer }], { partialResponses: false })).invoked).toEqual([[1, 2, 3]]);
  expect((await run([{ ...answered, answer }])).invoked).toEqual([
    [1, 2, 3],
    [2, 3],
  ]);
});

it("gives up a record that no invocation can carry, and delivers the others", async () => {
  const records = [record(1), record(2, { value: "x".repeat(6 * 1024 * 1024) }), record(3)];
  expect(await run([], {}, records)).toEqual({
    invoked: [[1, 3]],
    givenUp: [["MaximumPayloadSizeExceeded", [2], 0]],
    pauses: [],
  });
});
