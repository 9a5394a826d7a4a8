import fc from "fast-check";
import { imagesAtOnce } from "../../../functions/common/images-at-once";
import { createLog, errorFields } from "../../../functions/common/log";
import { inParallel } from "../../../functions/common/parallel";
import { timeBudget } from "../../../functions/common/time-budget";

describe("inParallel", () => {
  it("gives the results in the order of the items, whatever ends first", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 5 })), fc.integer({ min: 1, max: 9 }), async (items, limit) => {
        const work = async (ticks: number): Promise<number> => {
          for (let tick = 0; tick < ticks; tick++) await Promise.resolve();
          return ticks * 2;
        };
        expect(await inParallel(items, limit, work)).toEqual(items.map((item) => item * 2));
      }),
    );
  });
});

describe("imagesAtOnce", () => {
  it("follows memory and processors, and is never zero", () => {
    expect(imagesAtOnce(512, 8)).toBe(1);
    expect(imagesAtOnce(1024, 8)).toBe(2);
    expect(imagesAtOnce(10_240, 8)).toBe(4);
    expect(imagesAtOnce(10_240, 1)).toBe(2);
    expect(imagesAtOnce(undefined, 8)).toBe(4);
    expect(imagesAtOnce(128, 1)).toBe(1);
  });
});

describe("timeBudget", () => {
  const context = (milliseconds: number) => ({ getRemainingTimeInMillis: () => milliseconds });

  it("gives one image a third of the call, at most 30 seconds", () => {
    expect(timeBudget(context(60_000)).secondsAllowed).toBe(20);
    expect(timeBudget(context(240_000)).secondsAllowed).toBe(30);
    expect(timeBudget(context(2000)).secondsAllowed).toBe(1);
  });

  it("allows another image while its time and two seconds are left", () => {
    let left = 60_000;
    const budget = timeBudget({ getRemainingTimeInMillis: () => left });
    left = 22_000;
    expect(budget.allowsAnother()).toBe(true);
    left = 21_999;
    expect(budget.allowsAnother()).toBe(false);
  });
});

describe("the log", () => {
  it("is one line of JSON an event", () => {
    const lines: string[] = [];
    createLog({ function: "stream" }, (line) => lines.push(line))("warn", "image refused", { reason: "empty" });
    expect(lines).toEqual(['{"level":"warn","message":"image refused","function":"stream","reason":"empty"}']);
  });

  it("holds of an error its name and the start of its first line", () => {
    expect(errorFields(new TypeError(`${"x".repeat(600)}\nsecond line`))).toEqual({
      error: "TypeError",
      detail: "x".repeat(500),
    });
    expect(errorFields("text")).toEqual({ error: "unknown" });
  });
});
