import { settingChanges } from "../../../../gitops/settings-diff/setting-changes";
import { environmentWith } from "../../../support/synth";

const told = (changes: Record<string, unknown>, before: Record<string, unknown> = {}) =>
  settingChanges(environmentWith("prod", before), environmentWith("prod", changes), new Date()).map(
    ({ setting, words, gate }) => [setting, words, gate],
  );
const people = "analytics.groups.0.people";
const setting = "analytics.groups[image-analysts].people";

describe("people of a group", () => {
  it("who come are told as wider rights, who go are told", () => {
    expect(told({ [people]: ["ada.okafor", "dana.rossi", "eve"] })).toEqual([
      [setting, "dana.rossi and eve may now sign in as one of image-analysts.", "rights-widened"],
      [setting, "ben.lind may no longer sign in as one of image-analysts.", undefined],
    ]);
  });

  it("are nobody where they are left out", () => {
    const none = { [people]: undefined };
    expect(told(none)).toEqual([
      [setting, "ada.okafor and ben.lind may no longer sign in as one of image-analysts.", undefined],
    ]);
    expect(told({}, none)).toEqual([
      [setting, "ada.okafor and ben.lind may now sign in as one of image-analysts.", "rights-widened"],
    ]);
  });

  it("who change their group are told of both", () => {
    expect(told({ [people]: ["ben.lind"], "analytics.groups.1.people": ["chen.wei", "ada.okafor"] })).toEqual([
      [setting, "ada.okafor may no longer sign in as one of image-analysts.", undefined],
      [
        "analytics.groups[image-scientists].people",
        "ada.okafor may now sign in as one of image-scientists.",
        "rights-widened",
      ],
    ]);
  });

  it("of a new group are named with it", () => {
    const [group] = environmentWith("prod").analytics.groups.slice(1);
    const groups = environmentWith("prod").analytics.groups;
    const added = told({ "analytics.groups": [...groups, { ...group, name: "guests", people: ["eve"] }] });
    expect(added).toHaveLength(1);
    expect(added[0]?.[1]).toMatch(/^guests is a new group: .* eve may sign in as one of it\.$/);
    expect(added[0]?.[2]).toBe("rights-widened");
  });
});

describe("where Identity Center is", () => {
  it.each([
    ["account", "888888888888", "Analysts of prod sign in by the IAM Identity Center of account 888888888888."],
    ["groupsOwner", "darkroom", "The groups of prod are made from its file, with the people named there."],
    [
      "planRoleArn",
      "arn:aws:iam::999999999999:role/x",
      "Plans of prod read IAM Identity Center by the role arn:aws:iam::999999999999:role/x.",
    ],
    [
      "applyRoleArn",
      "arn:aws:iam::999999999999:role/x",
      "An apply of prod changes IAM Identity Center by the role arn:aws:iam::999999999999:role/x.",
    ],
    ["region", "eu-west-1", "The IAM Identity Center of prod is in eu-west-1."],
  ])("a change of %s is for a code owner to see", (name, value, words) => {
    const path = `analytics.identityCenter.${name}`;
    expect(told({ [path]: value })).toEqual([[path, words, "rights-widened"]]);
  });

  it("is told when it comes and when it goes", () => {
    const without = { "analytics.identityCenter": undefined };
    expect(told({}, without)).toEqual([
      [
        "analytics.identityCenter",
        "Analysts of prod sign in by the IAM Identity Center of account 999999999999. The groups of prod come from the outside identity provider: who is in them is decided there.",
        "rights-widened",
      ],
    ]);
    expect(told(without)).toEqual([
      [
        "analytics.identityCenter",
        "Darkroom no longer assigns the groups of prod in IAM Identity Center: what its stack prod-identity made is destroyed.",
        undefined,
      ],
    ]);
  });
});
