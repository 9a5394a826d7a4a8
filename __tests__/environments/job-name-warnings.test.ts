import { loadEnvironment } from "../../environments/load";
import { environmentWarnings } from "../../environments/warnings";
import { jobNames } from "../../environments/warnings/job-names";
import { edited, today } from "./edited";

const warned = (group: string, access = "notebooks, training") => {
  const environment = edited([
    ["- name: image-analysts", `- name: ${group}`],
    ["access: [notebooks, training]", `access: [${access}]`],
  ]);
  return environmentWarnings(environment, today).filter((line) => line.startsWith("analytics.groups: what "));
};

it("warns of a group whose name leaves no room for those of the starter notebooks' jobs", () => {
  // SageMaker takes 63 characters: test-, the group, --, and train-20260131-120000.
  expect(warned("a".repeat(32))).toHaveLength(1);
  const environment = { ...edited([["- name: image-analysts", `- name: ${"a".repeat(32)}`]]), name: "production" };
  expect(jobNames(environment)).toEqual([
    `analytics.groups: what ${"a".repeat(32)} starts has to be called production-${"a".repeat(32)}--…, which leaves 18 of 63 characters; the starter notebooks add 21. Give it a shorter name.`,
  ]);
});

it("warns of one that leaves none for tuning jobs, which have half as many characters", () => {
  expect(warned("a".repeat(20))).toEqual([
    `analytics.groups: what ${"a".repeat(20)} starts has to be called test-${"a".repeat(20)}--…, which leaves 5 of 32 characters for tuning jobs. Give it a shorter name, or tune otherwise.`,
  ]);
  expect(warned("a".repeat(19))).toEqual([]);
});

it("says nothing to groups that start no jobs, or whose jobs have room", () => {
  expect(warned("a".repeat(32), "notebooks")).toEqual([]);
  expect(warned("a".repeat(32), "notebooks, prebuilt-models")).toEqual([]);
  for (const name of ["dev", "staging", "prod", "local"])
    expect([name, jobNames(loadEnvironment(name))]).toEqual([name, []]);
});
