import { BadReportEvent } from "../../../functions/report/event";
import { writeReport } from "../../../functions/report/handler";
import { failed, MemoryResults, pending, succeeded, writeResults } from "./result-files";

const now = () => new Date("2026-02-04T02:00:00Z");
const run = "nightly-1";
const end = {
  run,
  startedAt: "2026-02-04T01:30:00.123Z",
  state: "succeeded",
  listed: { bucket: "uploads", prefix: "pending/" },
};
const details = (Key: string) => ({ MapRunArn: "arn", ResultWriterDetails: { Bucket: "logs", Key } });
const nothing = { processed: 0, quarantined: 0, skipped: 0, failed: 0, notStarted: 0 };

let store: MemoryResults;
const report = async (event: object) => {
  const answer = await writeReport(event, { bucket: "logs", store, now });
  return { answer, written: store.json(`batch-runs/${run}/report.json`) as Record<string, unknown> };
};

beforeEach(() => {
  store = new MemoryResults();
});

it("sums up the files that ResultWriter wrote, however many", async () => {
  const key = writeResults(store, run, {
    SUCCEEDED: [
      [
        succeeded("a", { processed: 2, quarantined: 1, skipped: 0 }),
        succeeded("b", { processed: 3, quarantined: 0, skipped: 0 }),
      ],
      [succeeded("c", { processed: 0, quarantined: 0, skipped: 3 })],
    ],
    FAILED: [
      [
        failed(
          "d",
          "ImagesUnfinished",
          JSON.stringify({ processed: 1, quarantined: 0, skipped: 1, failed: 1, failure: "1 of 3 images: SlowDown" }),
        ),
      ],
    ],
  });
  const { answer, written } = await report({ ...end, results: details(key) });
  const images = { processed: 6, quarantined: 1, skipped: 4, failed: 1, notStarted: 0 };
  expect(answer).toEqual({ report: { bucket: "logs", key: `batch-runs/${run}/report.json` }, images });
  expect(written).toEqual({
    reportVersion: 1,
    run,
    state: "succeeded",
    startedAt: "2026-02-04T01:30:00.123Z",
    endedAt: "2026-02-04T02:00:00.000Z",
    listed: { bucket: "uploads", prefix: "pending/" },
    images,
    children: { succeeded: 3, failed: 1, notStarted: 0 },
    counted: true,
    failures: ["1 of 3 images: SlowDown"],
  });
});

it("counts all images of a child that crashed as failed, since nothing is known of them", async () => {
  const key = writeResults(store, run, { FAILED: [[failed("a", "States.Timeout", "", 20)]] });
  const { written } = await report({ ...end, results: details(key) });
  expect(written).toMatchObject({ images: { ...nothing, failed: 20 }, failures: ["States.Timeout"] });
});

it("of a run that failed finds the results by the run's name, and counts what was never begun", async () => {
  writeResults(store, run, {
    SUCCEEDED: [[succeeded("a", { processed: 3, quarantined: 0, skipped: 0 })]],
    FAILED: [[failed("b", "Lambda.Unknown", "out of memory", 3)]],
    PENDING: [[pending(20), pending(7)]],
  });
  writeResults(store, "another-run", { FAILED: [[failed("x", "no", "no")]] });
  const failure = { Error: "States.ExceedToleratedFailureThreshold", Cause: "The threshold was exceeded" };
  const { written } = await report({ ...end, state: "failed", failure });
  expect(written).toMatchObject({
    state: "failed",
    counted: true,
    images: { processed: 3, quarantined: 0, skipped: 0, failed: 3, notStarted: 27 },
    children: { succeeded: 1, failed: 1, notStarted: 2 },
    failures: ["Lambda.Unknown: out of memory"],
    failure: { error: "States.ExceedToleratedFailureThreshold", cause: "The threshold was exceeded" },
  });
});

it("says that nothing was counted when a run failed before anything was written", async () => {
  const failure = { Error: "States.ItemReaderFailed", Cause: "no" };
  const { written } = await report({ ...end, state: "failed", failure });
  expect(written).toMatchObject({ images: nothing, counted: false });
});

it("of a run that found nothing is all zeros", async () => {
  const { answer, written } = await report(end);
  expect(answer.images).toEqual(nothing);
  expect(written).toMatchObject({ images: nothing, counted: true, children: { succeeded: 0, failed: 0 } });
});

it("sums up the children's answers themselves where nothing wrote them, a failed one as one image", async () => {
  const answers = [{ processed: 1, quarantined: 0, skipped: 0 }, null, { processed: 0, quarantined: 1, skipped: 0 }];
  const { written } = await report({ ...end, results: answers });
  expect(written).toMatchObject({
    images: { processed: 1, quarantined: 1, skipped: 0, failed: 1, notStarted: 0 },
    children: { succeeded: 2, failed: 1, notStarted: 0 },
  });
});

it("names ten failures at most, each in 300 characters at most", async () => {
  const entries = Array.from({ length: 12 }, (_, index) => failed(`${index}`, "E", "x".repeat(1000)));
  const key = writeResults(store, run, { FAILED: [entries] });
  const { written } = await report({ ...end, results: details(key) });
  expect((written.failures as string[]).map((text) => text.length)).toEqual(Array(10).fill(300));
});

it("writes no report from results that were cut off", async () => {
  const key = writeResults(store, run, { FAILED: [[failed("a", "E", "")]] });
  const file = key.replace("manifest", "FAILED_0");
  store.objects.set(file, (store.objects.get(file) ?? "").slice(0, -1));
  await expect(report({ ...end, results: details(key) })).rejects.toThrow("The JSON ends before its array does");
  expect(store.objects.has(`batch-runs/${run}/report.json`)).toBe(false);
});

it("refuses what does not come from the state machine", async () => {
  await expect(report({ run: "" })).rejects.toThrow(BadReportEvent);
});

describe("a run that was cut off, as EventBridge tells it,", () => {
  const told = (status: string, more: object = {}) => ({
    version: "0",
    "detail-type": "Step Functions Execution Status Change",
    source: "aws.states",
    detail: { name: run, status, startDate: Date.parse("2026-02-03T20:00:00Z"), error: null, cause: null, ...more },
  });

  it("is reported as failed, with why, and counted where Step Functions left results", async () => {
    const { answer, written } = await report(told("TIMED_OUT"));
    expect(answer.report.key).toBe(`batch-runs/${run}/report.json`);
    expect(written).toEqual({
      reportVersion: 1,
      run,
      state: "failed",
      startedAt: "2026-02-03T20:00:00.000Z",
      endedAt: "2026-02-04T02:00:00.000Z",
      images: nothing,
      children: { succeeded: 0, failed: 0, notStarted: 0 },
      counted: false,
      failures: [],
      failure: {
        error: "States.Timeout",
        cause: "The run was cut off at its longest time. Images that are not finished stay where they are.",
      },
    });
    writeResults(store, run, { SUCCEEDED: [[succeeded("a", { processed: 2, quarantined: 1, skipped: 0 })]] });
    expect((await report(told("ABORTED", { error: "Operator", cause: "Wrong images" }))).written).toMatchObject({
      counted: true,
      images: { ...nothing, processed: 2, quarantined: 1 },
      failure: { error: "Operator", cause: "Wrong images" },
    });
  });

  it("is told from other events", async () => {
    await expect(report(told("SUCCEEDED"))).rejects.toThrow(BadReportEvent);
  });
});
