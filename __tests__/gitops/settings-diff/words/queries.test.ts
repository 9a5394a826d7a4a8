import { settingChanges } from "../../../../gitops/settings-diff/setting-changes";
import { environmentWith } from "../../../support/synth";

const changesBy = (setting: string, value: unknown) =>
  settingChanges(
    environmentWith("prod"),
    environmentWith("prod", { [`analytics.queries.${setting}`]: value }),
    new Date(),
  );

it.each([
  [
    "maxScanGigabytes",
    200,
    "One query in prod may read 200 gigabytes instead of 100: Athena bills what is read.",
    "rights-widened",
  ],
  [
    "maxScanGigabytes",
    1,
    "One query in prod may read 1 gigabyte instead of 100: Athena bills what is read.",
    undefined,
  ],
  [
    "resultDays",
    1,
    "prod keeps results of queries 1 day instead of 30. Results written more than 1 day ago are deleted at the next midnight UTC after this is applied, for good.",
    "retention-shortened",
  ],
  [
    "resultDays",
    60,
    "prod keeps results of queries 60 days instead of 30. What is there now is kept longer too.",
    undefined,
  ],
  [
    "firstDay",
    "2026-03-01",
    "Queries in prod look from 2026-03-01 on instead of 2026-01-01. Records of days before 2026-03-01 are no longer seen; they stay.",
    undefined,
  ],
  ["firstDay", "2025-03-01", "Queries in prod look from 2025-03-01 on instead of 2026-01-01.", undefined],
])("tells of %s that becomes %s in plain words", (setting, value, words, gate) => {
  expect(changesBy(setting, value)).toEqual([
    { environment: "prod", setting: `analytics.queries.${setting}`, words, ...(gate && { gate }) },
  ]);
});
