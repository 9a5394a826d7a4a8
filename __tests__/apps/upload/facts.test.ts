import fc from "fast-check";
import { nextBatch } from "../../../apps/upload/next-batch";
import { removedAt } from "../../../apps/upload/removal";
import { isUploadKey, newUploadKey } from "../../../apps/upload/upload-key";
import { dueAt } from "../../../local/expiry/due";

const schedule = (SCHEDULE_EXPRESSION: string, SCHEDULE_ENABLED = true) => ({
  SCHEDULE_ENABLED,
  SCHEDULE_EXPRESSION,
  SCHEDULE_TIME_ZONE: "Europe/Berlin",
});

it("tells the next batch as EventBridge Scheduler runs it, over a change of the clocks", () => {
  // At 02:30 on 29 March 2026 clocks in Berlin show 03:30 already: the run is left out.
  const night = new Date("2026-03-28T12:00:00Z");
  expect(nextBatch(schedule("cron(30 2 * * ? *)"), night).next).toBe("2026-03-30T00:30:00.000Z");
  expect(nextBatch(schedule("cron(30 3 * * ? *)"), night).next).toBe("2026-03-29T01:30:00.000Z");
});

it("tells that no batch runs when it is switched off or over", () => {
  const now = new Date("2026-03-28T12:00:00Z");
  expect(nextBatch(schedule("cron(30 2 * * ? *)", false), now)).toEqual({ enabled: false, timeZone: "Europe/Berlin" });
  expect(nextBatch(schedule("cron(30 2 * * ? 2025)"), now)).toEqual({ enabled: true, timeZone: "Europe/Berlin" });
});

it("reckons the day of removal as the local account's expiry does", () => {
  expect(removedAt(new Date("2026-01-01T00:00:00.001Z"), 30).toISOString()).toBe("2026-02-01T00:00:00.000Z");
  expect(removedAt(new Date("2026-01-01T00:00:00.000Z"), 30).toISOString()).toBe("2026-01-31T00:00:00.000Z");
  const instants = fc.date({ min: new Date("2020-01-01"), max: new Date("2100-01-01"), noInvalidDate: true });
  fc.assert(
    fc.property(instants, fc.integer({ min: 1, max: 3650 }), (written, days) => {
      expect(removedAt(written, days)).toEqual(dueAt(written, days));
    }),
  );
});

it("makes of any file name a key that S3 takes and that it knows again, and never the same one twice", () => {
  const now = new Date("2026-01-31T12:00:00Z");
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (name) => {
      const key = newUploadKey(name, now);
      expect(isUploadKey(key)).toBe(true);
      expect(key.startsWith("pending/2026-01-31/")).toBe(true);
      expect(Buffer.byteLength(key)).toBeLessThanOrEqual(1024);
      expect(key.split("/")).toHaveLength(4);
      expect(newUploadKey(name, now)).not.toBe(key);
    }),
  );
});

it.each([
  ["../../etc/passwd", "passwd"],
  ["..", "image"],
  ["", "image"],
  ["a b\u0000<c>.jpg", "a_b_c_.jpg"],
  [`${"x".repeat(200)}.jpeg`, `${"x".repeat(89)}_${"x".repeat(5)}.jpeg`],
])("keeps of the name %j only %j", (name, kept) => {
  expect(newUploadKey(name, new Date()).split("/").at(-1)).toBe(kept);
});

it.each([
  "pending/",
  "pending/2026-01-31/x/a.jpg",
  "originals/dt=2026-01-31/0a1b2c3d-0000-4000-8000-000000000000/a.jpg",
  "pending/2026-01-31/0a1b2c3d-0000-4000-8000-000000000000/../a.jpg",
])("does not take %s for a key of its own", (key) => {
  expect(isUploadKey(key)).toBe(false);
});
