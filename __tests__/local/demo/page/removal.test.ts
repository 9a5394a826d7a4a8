import { removalDate } from "../../../../local/demo/page/removal";

const rules = [
  { prefix: "images/", days: 30 },
  { prefix: "", days: 90 },
];

it.each([
  // The example of the S3 User Guide: made on the 15th at 10:30, three days, removed on the 19th at midnight.
  ["2014-01-15T10:30:00Z", 3, "2014-01-19T00:00:00.000Z"],
  ["2026-03-01T00:00:00Z", 1, "2026-03-02T00:00:00.000Z"],
  ["2026-03-01T00:00:00.001Z", 1, "2026-03-03T00:00:00.000Z"],
  ["2026-03-01T23:59:59Z", 1, "2026-03-03T00:00:00.000Z"],
  ["2024-02-28T12:00:00Z", 1, "2024-03-01T00:00:00.000Z"],
])("rounds the age up to the next midnight UTC: %s and %i days give %s", (lastModified, days, removed) => {
  expect(removalDate([{ prefix: "", days }], "x", new Date(lastModified))?.toISOString()).toBe(removed);
});

it("takes the earliest of the rules that match", () => {
  expect(removalDate(rules, "images/x", new Date("2026-03-01T10:00:00Z"))?.toISOString()).toBe(
    "2026-04-01T00:00:00.000Z",
  );
});

it("passes over rules of other prefixes", () => {
  expect(removalDate(rules, "features/x", new Date("2026-03-01T10:00:00Z"))?.toISOString()).toBe(
    "2026-05-31T00:00:00.000Z",
  );
});

it("gives no date where no rule matches", () => {
  expect(removalDate([{ prefix: "images/", days: 1 }], "pending/x", new Date())).toBeUndefined();
});
