import { BatchOnDemand } from "../../../../local/demo/run/batch-on-demand";

it("runs the batch once at a time, and tells what it is at and what came of it", async () => {
  const batch = new BatchOnDemand();
  batch.start();
  expect(batch.status).toEqual({ state: "unavailable" });
  let end = (): void => undefined;
  let runs = 0;
  batch.offer(async (note) => {
    runs++;
    note("1 of 2 uploads pending");
    await new Promise<void>((resolve) => {
      end = resolve;
    });
    note("2 uploads taken in one run");
  });
  expect(batch.status).toEqual({ state: "idle" });
  batch.start();
  batch.start();
  expect([runs, batch.status]).toEqual([1, { state: "running", note: "1 of 2 uploads pending" }]);
  end();
  await new Promise((resolve) => setImmediate(resolve));
  expect(batch.status).toEqual({ state: "idle", note: "2 uploads taken in one run" });
});

it("tells why a run failed, and can be asked again", async () => {
  const batch = new BatchOnDemand();
  batch.offer(() => Promise.reject(new Error("no schedule")));
  batch.start();
  await new Promise((resolve) => setImmediate(resolve));
  expect(batch.status).toEqual({ state: "idle", note: "failed: no schedule" });
});
