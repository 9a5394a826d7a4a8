import { readOutcomes } from "../../../local/demo/outcomes";
import { MemoryStore } from "./memory-store";

const buckets = { processed: "p", quarantine: "q" };

it("reads where images ended from feature records, reasons of refusal and records that Lambda gave up on", async () => {
  const store = new MemoryStore();
  await store.putJson("p", "features/dt=2026-03-01/r1-stream-001-0123456789ab.json", {});
  await store.putJson("q", "refused/dt=2026-03-01/r1-stream-002/reason.json", { reason: "corrupt" });
  await store.put("q", "refused/dt=2026-03-01/r1-stream-002/original", Buffer.from("x"));
  const record = (id: string) => ({ key: Buffer.from(id).toString("base64"), value: "" });
  await store.putJson("q", "aws/lambda/uuid/2026/03/01/one", {
    payload: {
      eventSource: "aws:kafka",
      records: { "images-0": [record("r1-stream-003")], "images-1": [record("r1-stream-004")] },
    },
  });
  await store.putJson("q", "aws/lambda/uuid/2026/03/01/two", {
    payload: JSON.stringify({ records: { "images-0": [record("r1-stream-005")] } }),
  });

  expect(await readOutcomes(store, buckets)).toEqual([
    {
      imageId: "r1-stream-001",
      end: "processed",
      version: "0123456789ab",
      where: "p/features/dt=2026-03-01/r1-stream-001-0123456789ab.json",
    },
    {
      imageId: "r1-stream-002",
      end: "refused",
      reason: "corrupt",
      where: "q/refused/dt=2026-03-01/r1-stream-002/reason.json",
    },
    { imageId: "r1-stream-003", end: "onFailure", where: "q/aws/lambda/uuid/2026/03/01/one" },
    { imageId: "r1-stream-004", end: "onFailure", where: "q/aws/lambda/uuid/2026/03/01/one" },
    { imageId: "r1-stream-005", end: "onFailure", where: "q/aws/lambda/uuid/2026/03/01/two" },
  ]);
});

it("passes over objects that are none of these", async () => {
  const store = new MemoryStore();
  await store.put("p", "features/dt=2026-03-01/readme.txt", Buffer.from("x"));
  await store.put("q", "aws/lambda/uuid/broken", Buffer.from("not json"));
  expect(await readOutcomes(store, buckets)).toEqual([]);
});
