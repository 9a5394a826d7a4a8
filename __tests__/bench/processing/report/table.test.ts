import { rounded } from "../../../../bench/processing/report/rounded";
import { figure, table, usd } from "../../../../bench/processing/report/table";

it("puts figures to the right", () => {
  expect(table(["", "a"], [["x", "1"]])).toBe("|  | a |\n| --- | --: |\n| x | 1 |");
});

it("writes figures with the decimals wanted, and a dash where there is none", () => {
  expect([figure(1234.56, 1), figure(0.5), figure(null), figure(Number.NaN, 2)]).toEqual(["1,234.6", "1", "–", "–"]);
  expect(usd(1234.5)).toBe("$1,234.50");
});

it("keeps four digits of what was measured, and whole numbers whole", () => {
  expect(rounded({ a: [1.234567, 0.000123456], b: 123456, c: "1.23456" })).toEqual({
    a: [1.235, 0.0001235],
    b: 123456,
    c: "1.23456",
  });
});
