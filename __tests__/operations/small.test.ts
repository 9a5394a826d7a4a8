import { daysOf, periodOf } from "../../operations/days";
import { forEachAtMost, inBatches, onlyWanted } from "../../operations/flow";
import { failedRecords } from "../../operations/redrive/failed-record";

async function* numbers(count: number): AsyncGenerator<number> {
  for (let one = 0; one < count; one++) yield one;
}

describe("days of a period", () => {
  const now = new Date("2026-03-02T23:00:00Z");

  it("go from the first to the last, today where none is named", () => {
    expect(daysOf("2026-02-28", undefined, now)).toEqual(["2026-02-28", "2026-03-01", "2026-03-02"]);
    expect(daysOf("2026-02-28", "2026-02-28", now)).toEqual(["2026-02-28"]);
  });

  it.each([
    ["2026-2-1", undefined, "--since: expected a day, for example 2026-01-31, but got 2026-2-1."],
    ["2026-02-29", undefined, "--since: expected a day, for example 2026-01-31, but got 2026-02-29."],
    ["2026-02-28", "soon", "--until: expected a day, for example 2026-01-31, but got soon."],
    [
      "2026-03-02",
      "2026-03-01",
      "--since: expected a day that is not after 2026-03-01, the last day, but got 2026-03-02.",
    ],
    ["2000-01-01", "2026-01-01", "--since: expected at most 3650 days up to 2026-01-01, but got 9498."],
  ])("from %s to %s are refused", (since, until, message) => {
    expect(() => daysOf(since, until, now)).toThrow(message);
  });

  it("hold instants of their whole days", () => {
    const wanted = periodOf("2026-01-30", "2026-01-31");
    const of = (text: string) => wanted(new Date(text));
    expect(["2026-01-29T23:59:59.999Z", "2026-01-30T00:00:00Z"].map(of)).toEqual([false, true]);
    expect(["2026-01-31T23:59:59.999Z", "2026-02-01T00:00:00Z"].map(of)).toEqual([true, false]);
    expect(periodOf(undefined, undefined)(new Date(0))).toBe(true);
    expect(() => periodOf("2026-02-01", "2026-01-31")).toThrow(
      "--since: expected a day that is not after 2026-01-31, but got 2026-02-01.",
    );
  });
});

describe("what comes", () => {
  it("is grouped, the last group as large as it is", async () => {
    const batches: number[][] = [];
    for await (const batch of inBatches(numbers(5), 2)) batches.push(batch);
    expect(batches).toEqual([[0, 1], [2, 3], [4]]);
  });

  it("is left out where it is not wanted, in its order", async () => {
    const wanted: number[] = [];
    const isOdd = async (one: number) => {
      await new Promise((resolve) => setTimeout(resolve, 7 - one));
      return one % 2 === 1;
    };
    for await (const one of onlyWanted(numbers(7), 3, isOdd)) wanted.push(one);
    expect(wanted).toEqual([1, 3, 5]);
  });

  it("is worked on at most so many at once, and not taken before there is room for it", async () => {
    let [atOnce, most, taken] = [0, 0, 0];
    const items = (async function* () {
      for await (const one of numbers(20)) {
        taken++;
        yield one;
      }
    })();
    await forEachAtMost(items, 3, async () => {
      most = Math.max(most, ++atOnce);
      expect(taken).toBeLessThanOrEqual(20);
      await new Promise((resolve) => setTimeout(resolve, 1));
      atOnce--;
    });
    expect([most, taken]).toEqual([3, 20]);
  });

  it("is taken no more after a failure, which is told once the rest has ended", async () => {
    const ended: number[] = [];
    const work = async (one: number) => {
      await new Promise((resolve) => setTimeout(resolve, one === 1 ? 1 : 20));
      if (one === 1) throw new Error("no");
      ended.push(one);
    };
    await expect(forEachAtMost(numbers(100), 2, work)).rejects.toThrow("no");
    expect(ended).toEqual([0]);
  });
});

describe("what Lambda writes of records that it gave up on", () => {
  const one = (partition: number, offset: number) => ({
    topic: "images",
    partition,
    offset,
    timestamp: 1,
    timestampType: "CREATE_TIME",
    key: "a2V5",
    value: "dmFsdWU=",
    headers: [{ "darkroom-version": [49] }],
  });
  const event = {
    eventSource: "aws:kafka",
    eventSourceArn: "arn:cluster",
    bootstrapServers: "b-1:9098,b-2:9098",
    records: { "images-0": [one(0, 1), one(0, 2)], "images-1": [one(1, 7)] },
  };
  const written = (payload: unknown) =>
    Buffer.from(JSON.stringify({ requestContext: { condition: "RetryAttemptsExhausted" }, version: "1.0", payload }));

  it("is read: why, from where, and the records of each partition in their order", () => {
    expect(failedRecords(written(JSON.stringify(event)))).toEqual({
      condition: "RetryAttemptsExhausted",
      sourceArn: "arn:cluster",
      brokers: ["b-1:9098", "b-2:9098"],
      partitions: [[one(0, 1), one(0, 2)], [one(1, 7)]],
    });
  });

  it.each([
    ["text", Buffer.from("no JSON")],
    ["another destination's record, without the event", written(undefined)],
    ["an event of another source", written(JSON.stringify({ Records: [] }))],
  ])("is told from %s", (_, bytes) => {
    expect(failedRecords(bytes)).toBeUndefined();
  });
});
