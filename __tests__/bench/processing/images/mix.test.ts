import { countsOf, mix } from "../../../../bench/processing/images/mix";

const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((total, one) => total + one, 0);

it("has classes that add up to a hundred in a hundred", () => {
  expect(mix.reduce((total, { percent }) => total + percent, 0)).toBe(100);
});

it("shares out images as the mix says", () => {
  expect(countsOf(60)).toEqual({ phone: 9, photo: 24, png: 9, webp: 9, avif: 9 });
});

it.each([20, 21, 33, 59, 61, 997])("shares out exactly %p images", (images) => {
  expect(sum(countsOf(images))).toBe(images);
});

it("refuses too few images", () => {
  expect(() => countsOf(19)).toThrow(new RangeError("Expected 20 images at least, to be a mix, but got 19."));
});
