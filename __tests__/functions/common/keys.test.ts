import {
  dayOf,
  featuresKey,
  imageIdOfRecord,
  imageIdOfUpload,
  originalKey,
  refusedOriginalKey,
  refusedReasonKey,
  renditionKey,
} from "../../../functions/common/keys";

const place = { imageId: "abc", day: "2026-01-31" };

it("every object of an image lies under its day and identity", () => {
  expect(renditionKey(place, "0123456789ab", "web.jpg")).toBe("images/dt=2026-01-31/abc/0123456789ab/web.jpg");
  expect(featuresKey(place, "0123456789ab")).toBe("features/dt=2026-01-31/abc-0123456789ab.json");
  expect(originalKey(place)).toBe("originals/dt=2026-01-31/abc");
  expect(refusedOriginalKey(place)).toBe("refused/dt=2026-01-31/abc/original");
  expect(refusedReasonKey(place)).toBe("refused/dt=2026-01-31/abc/reason.json");
});

it("the day is that of UTC", () => {
  expect(dayOf(new Date("2026-02-01T00:30:00+01:00"))).toBe("2026-01-31");
});

it("an upload's identity follows from bucket, key and content, with or without quotes around the tag", () => {
  const id = imageIdOfUpload("uploads", "pending/a.jpg", '"etag"');
  expect(id).toBe("36deb3230d6c52953becf4f5afb820c7");
  expect(imageIdOfUpload("uploads", "pending/a.jpg", "etag")).toBe(id);
  expect(imageIdOfUpload("uploads", "pending/a.jpg", "other")).not.toBe(id);
  expect(imageIdOfUpload("uploads", "pending/b.jpg", "etag")).not.toBe(id);
});

it("a record's identity follows from its place in the topic", () => {
  expect(imageIdOfRecord("images", 1, 23)).not.toBe(imageIdOfRecord("images", 12, 3));
  expect(imageIdOfRecord("images", 1, 23)).toMatch(/^[0-9a-f]{32}$/);
});
