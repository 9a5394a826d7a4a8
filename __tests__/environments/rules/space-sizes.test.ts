import { edited, faultsOf } from "../edited";

const spaces = (defaultGigabytes: number, maximumGigabytes: number) =>
  [
    [
      "spaces: { defaultGigabytes: 5, maximumGigabytes: 100 }",
      `spaces: { defaultGigabytes: ${defaultGigabytes}, maximumGigabytes: ${maximumGigabytes} }`,
    ],
  ] as const;

it.each([
  [5, 5],
  [16384, 16384],
])("takes disks of %s gigabytes at first and %s at most", (defaultGigabytes, maximumGigabytes) => {
  expect(edited(spaces(defaultGigabytes, maximumGigabytes)).analytics.spaces).toEqual({
    defaultGigabytes,
    maximumGigabytes,
  });
});

it("refuses a first disk above the largest", () => {
  expect(faultsOf(spaces(101, 100))).toEqual([
    "79:31 analytics.spaces.defaultGigabytes: expected maximumGigabytes or less, which is 100, but got 101 (number). Write 100 or less, or raise maximumGigabytes.",
  ]);
});

it.each([
  [4, "Write 5 or more."],
  [16385, "Write 16384 or less."],
])("refuses a disk of %s gigabytes, which Studio does not have", (size, advice) => {
  expect(faultsOf(spaces(5, size))).toEqual([
    `79:52 analytics.spaces.maximumGigabytes: expected a whole number of gigabytes from 5 to 16384, but got ${size} (number). ${advice}`,
  ]);
});

it("wants to be told in so many words what becomes of people's files", () => {
  expect(faultsOf([["  homeFiles: delete\n", ""]])).toEqual([
    '74:1 analytics.homeFiles: expected keep or delete, but it is missing. Add "homeFiles:" under analytics.',
  ]);
  expect(faultsOf([["homeFiles: delete", "homeFiles: retain"]])).toEqual([
    '80:14 analytics.homeFiles: expected keep or delete, but got "retain" (text). Choose one of these.',
  ]);
});
