import { recordsDone } from "../../../local/event-source/answer";
import type { EventRecord } from "../../../local/event-source/msk-event";

const records = [4, 5, 6].map(
  (offset): EventRecord => ({
    topic: "images",
    partition: 1,
    offset,
    timestamp: 0,
    timestampType: "CREATE_TIME",
    headers: [],
  }),
);

const failing = (...items: unknown[]) =>
  JSON.stringify({ batchItemFailures: items.map((itemIdentifier) => ({ itemIdentifier })) });

it.each([
  ["no answer", ""],
  ["null", "null"],
  ["an empty object", "{}"],
  ["no failures", '{"batchItemFailures":[]}'],
  ["null failures", '{"batchItemFailures":null}'],
])("takes %s as success of all", (_, answer) => {
  expect(recordsDone(answer, records)).toBe(3);
});

it("takes a named record as the point to go on from, the earliest where there are several", () => {
  expect(recordsDone(failing({ partition: "images-1", offset: 5 }), records)).toBe(1);
  expect(
    recordsDone(failing({ partition: "images-1", offset: 6 }, { partition: "images-1", offset: 5 }), records),
  ).toBe(1);
});

it.each([
  ["text", '"done"'],
  ["what is not JSON", "done"],
  ["a record of another partition", failing({ partition: "images-0", offset: 5 })],
  ["a record that was not in the batch", failing({ partition: "images-1", offset: 7 })],
  ["an identifier that is not an object", failing("5")],
  ["an offset that is not a number", failing({ partition: "images-1", offset: "5" })],
  ["failures that are no list", '{"batchItemFailures":{}}'],
])("takes %s as failure of all", (_, answer) => {
  expect(recordsDone(answer, records)).toBe(0);
});
