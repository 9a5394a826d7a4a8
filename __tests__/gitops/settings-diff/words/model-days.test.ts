import { settingChanges } from "../../../../gitops/settings-diff/setting-changes";
import { environmentWith } from "../../../support/synth";

const setting = "analytics.modelDays";
const made = "prod keeps what training and other jobs made";
const kept = "What is there now is kept longer too.";
const deleted = (days: string) =>
  `What was written more than ${days} ago is deleted at the next midnight UTC after this is applied, for good.`;
const changesBetween = (before: number | undefined, after: number | undefined) => {
  const [old, changed] = [before, after].map((days) => environmentWith("prod", { [setting]: days }));
  return settingChanges(old, changed, new Date());
};

it.each([
  ["fewer days", 365, 1, `${made} 1 day instead of 365 days. ${deleted("1 day")}`],
  [
    "days where there were none",
    undefined,
    90,
    `${made} 90 days instead of until somebody removes it. ${deleted("90 days")}`,
  ],
] as const)("holds %s until a code owner has looked, since they delete", (_, before, after, words) => {
  expect(changesBetween(before, after)).toEqual([{ environment: "prod", setting, words, gate: "retention-shortened" }]);
});

it.each([
  ["more days", 30, 365, `${made} 365 days instead of 30 days. ${kept}`],
  ["no number any more", 30, undefined, `${made} until somebody removes it instead of 30 days. ${kept}`],
] as const)("tells of %s, which delete nothing", (_, before, after, words) => {
  expect(changesBetween(before, after)).toEqual([{ environment: "prod", setting, words }]);
});
