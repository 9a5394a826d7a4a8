import { settingChanges } from "../../../../gitops/settings-diff/setting-changes";
import { environmentWith } from "../../../support/synth";

const now = new Date("2026-11-24T12:00:00Z");
const told = (changes: Record<string, unknown>) =>
  settingChanges(environmentWith("prod"), environmentWith("prod", changes), now);
const bootstrap = "In force once an administrator has run npm run bootstrap -- prod.";

it("shows a code owner who would get into the account", () => {
  expect(told({ "github.repository": "another/darkroom", "github.ownerId": 1, "github.repositoryId": 2 })).toEqual([
    {
      environment: "prod",
      setting: "github.repository",
      words: `Workflows of another/darkroom plan and apply prod, and those of no other repository. ${bootstrap}`,
      gate: "rights-widened",
    },
    {
      environment: "prod",
      setting: "github.ownerId",
      words: `Tokens that plan and apply prod have to name the owner's number 1. ${bootstrap}`,
      gate: "rights-widened",
    },
    {
      environment: "prod",
      setting: "github.repositoryId",
      words: `Tokens that plan and apply prod have to name the repository's number 2. ${bootstrap}`,
      gate: "rights-widened",
    },
  ]);
});

it.each([
  [["octocat", "a/b"], "octocat, a/b"],
  [[], "nobody: it goes on by itself"],
])("shows a code owner who would let an apply through: %j", (approvers, words) => {
  expect(told({ "github.approvers": approvers })).toEqual([
    {
      environment: "prod",
      setting: "github.approvers",
      words: `An apply of prod is let through by ${words}. In force once an administrator has run npm run repository.`,
      gate: "rights-widened",
    },
  ]);
});
