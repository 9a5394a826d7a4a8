import fc from "fast-check";
import { imagesAtOnce } from "../../../functions/common/images-at-once";
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
    expect(imagesAtOnce(10_240, 1)).toBe(3);
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

  it("allows another image while its time, three seconds to write and one to answer are left", () => {
    let left = 60_000;
    const budget = timeBudget({ getRemainingTimeInMillis: () => left });
    left = 24_000;
    expect(budget.allowsAnother()).toBe(true);
    left = 23_999;
    expect(budget.allowsAnother()).toBe(false);
  });

  it("allows the first image at the least limit of a function, which is 10 seconds", () => {
    expect(timeBudget(context(10_000)).allowsAnother()).toBe(true);
  });

  it("gives up work that is not done a second before Lambda ends the call", async () => {
    jest.useFakeTimers();
    const budget = timeBudget(context(10_000));
    const done = budget.within(Promise.resolve("done"));
    const late = expect(budget.within(new Promise(() => undefined))).rejects.toThrow(
      "The call's time was used up before the image was finished.",
    );
    await expect(done).resolves.toBe("done");
    jest.advanceTimersByTime(8999);
    expect(budget.signal.aborted).toBe(false);
    jest.advanceTimersByTime(1);
    expect(budget.signal.aborted).toBe(true);
    await late;
    jest.useRealTimers();
  });
});
