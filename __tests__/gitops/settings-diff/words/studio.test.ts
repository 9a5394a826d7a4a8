import { settingChanges } from "../../../../gitops/settings-diff/setting-changes";
import { environmentWith } from "../../../support/synth";

/** What is said of a change in prod. */
const said = (setting: string, before: unknown, after: unknown) => {
  const [old, changed] = [before, after].map((value) => environmentWith("prod", { [setting]: value }));
  return settingChanges(old, changed, new Date()).map(({ words, gate }) => [words, gate]);
};

it("holds home files that are no longer kept until a code owner has looked, though the apply deletes nothing yet", () => {
  expect(said("analytics.homeFiles", "keep", "delete")).toEqual([
    [
      "When the Studio domain of prod goes, the home file system goes with it from now on, with all that people keep there, for good.",
      "retention-shortened",
    ],
  ]);
});

it("tells of home files that are kept", () => {
  expect(said("analytics.homeFiles", "delete", "keep")).toEqual([
    [
      "When the Studio domain of prod goes, people's home file system stays from now on; it is billed until somebody deletes it.",
      undefined,
    ],
  ]);
});

it("holds larger disks, and tells of smaller ones and of what new spaces have", () => {
  expect(said("analytics.spaces.maximumGigabytes", 500, 1000)).toEqual([
    [
      "A space in prod may have a disk of up to 1,000 gigabytes instead of 500. A disk is billed while its space exists.",
      "rights-widened",
    ],
  ]);
  expect(said("analytics.spaces.maximumGigabytes", 500, 100)).toEqual([
    [
      "A space in prod may have a disk of up to 100 gigabytes instead of 500. Larger disks that are there stay.",
      undefined,
    ],
  ]);
  expect(said("analytics.spaces.defaultGigabytes", 5, 6)).toEqual([
    ["A new space in prod has a disk of 6 gigabytes instead of 5. Spaces that are there keep theirs.", undefined],
  ]);
});
