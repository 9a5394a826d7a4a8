import { environmentWarnings } from "../../environments/warnings";
import { environmentWith } from "../support/synth";
import { today } from "./edited";

const people = "analytics.groups.1.people";
const told = (changes: Record<string, unknown>, name = "prod") =>
  environmentWarnings(environmentWith(name, changes), today).filter((warning) => warning.startsWith("analytics."));

it("has nothing to say where each group names people and Identity Center is given", () => {
  expect(told({})).toEqual([]);
});

it.each([undefined, []])("warns of a group whose people are %j, as they get in and may do nothing", (list) => {
  expect(told({ [people]: list })).toEqual([
    "analytics.groups: image-scientists names no people: whoever of the group signs in may do nothing. Name them by people.",
  ]);
});

const without = { "analytics.identityCenter": undefined };

it("warns of people whom nothing lets in", () => {
  expect(told(without)).toEqual([
    "analytics.identityCenter: without it, nobody whom groups name can sign in before the groups are assigned to the Studio domain by hand, and sessionHours has no effect.",
  ]);
});

it("says nothing of it where people sign in by IAM, and in local, where nobody signs in", () => {
  expect(told({ ...without, "analytics.signIn": "iam" })).toEqual([]);
  expect(told({}, "local")).toEqual([]);
});
