import { median } from "../../bench/median";

it("is the value in the middle, whatever the order", () => {
  expect(median([9, 1, 5])).toBe(5);
});

it("is the mean of the two in the middle of an even number", () => {
  expect(median([8, 1, 4, 2])).toBe(3);
});

it("is no number of nothing", () => {
  expect(median([])).toBeNaN();
});
