import type { Message } from "kafkajs";
import { RecordQueue, recordBytes } from "../../../functions/producer/record-queue";

const message = (key: string, bytes = 0): Message => ({ key, value: Buffer.alloc(bytes) });

/** A queue whose requests end when they are told to. */
function slowQueue(mostBytes = 1_000_000) {
  const requests: { readonly keys: string[]; end(error?: Error): void }[] = [];
  const send = (messages: readonly Message[]): Promise<void> =>
    new Promise((resolve, reject) => {
      const keys = messages.map(({ key }) => String(key));
      requests.push({ keys, end: (error) => (error === undefined ? resolve() : reject(error)) });
    });
  return { queue: new RecordQueue(send, mostBytes), requests };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

it("sends together what comes while a request is on its way, one request at a time", async () => {
  const { queue, requests } = slowQueue();
  const done: string[] = [];
  const add = (key: string) => queue.add(message(key)).then(() => done.push(key));
  const all = [add("a"), add("b")];
  await settled();
  all.push(add("c"), add("d"), add("e"));
  await settled();
  expect(requests.map(({ keys }) => keys)).toEqual([["a", "b"]]);
  expect(done).toEqual([]);
  requests[0]?.end();
  await settled();
  expect(done).toEqual(["a", "b"]);
  expect(requests.map(({ keys }) => keys)).toEqual([
    ["a", "b"],
    ["c", "d", "e"],
  ]);
  requests[1]?.end();
  await Promise.all(all);
  await queue.empty();
});

it("puts no more into a request than the topic's largest message, and one record that is larger alone", async () => {
  const { queue, requests } = slowQueue(1000);
  const all = [400, 400, 2000, 10, 400].map((bytes, index) => queue.add(message(`${index}`, bytes)));
  for (let request = 0; request < 4; request++) {
    await settled();
    requests[request]?.end();
  }
  await Promise.all(all);
  expect(requests.map(({ keys }) => keys)).toEqual([["0", "1"], ["2"], ["3", "4"]]);
});

it("a request that fails fails its records alone, and the next goes on", async () => {
  const { queue, requests } = slowQueue();
  const first = expect(queue.add(message("a"))).rejects.toThrow("broken");
  await settled();
  const second = queue.add(message("b"));
  requests[0]?.end(new Error("broken"));
  await first;
  await settled();
  requests[1]?.end();
  await second;
  const third = queue.add(message("c"));
  await settled();
  requests[2]?.end();
  await third;
});

it("reckons with key, value, headers and what Kafka adds", () => {
  expect(recordBytes({ key: "ab", value: Buffer.alloc(10), headers: { "x-y": "é" } })).toBe(70 + 2 + 10 + 3 + 2 + 10);
  expect(recordBytes({ value: null })).toBe(70);
});
