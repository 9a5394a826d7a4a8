import { loadEnvironment } from "../../environments/load";
import { environmentWarnings } from "../../environments/warnings";
import { edited, today } from "./edited";

const warned = (group: string, access = "notebooks, training", name = "production") => {
  const environment = edited(
    [
      ["- name: image-analysts", `- name: ${group}`],
      ["access: [notebooks, training]", `access: [${access}]`],
    ],
    name,
  );
  return environmentWarnings(environment, today).filter((line) => line.startsWith("analytics.groups: what "));
};
const long = "a".repeat(32);

it("warns of a group whose name leaves no room for those of the starter notebooks' jobs", () => {
  expect(warned(long)).toEqual([
    `analytics.groups: what ${long} starts has to be called production-${long}--…, which leaves 18 of 63 characters; the starter notebooks add 21. Give it a shorter name.`,
  ]);
});

it("says nothing to groups that start no jobs, whose jobs have room, or of local, where nothing runs", () => {
  expect(warned(long, "notebooks")).toEqual([]);
  expect(warned("a".repeat(29))).toEqual([]);
  expect(warned("a".repeat(30))).toHaveLength(1);
  expect(warned(long, "notebooks, prebuilt-models", "test")).toEqual([]);
  for (const name of ["dev", "staging", "prod", "local"]) {
    const told = environmentWarnings(loadEnvironment(name), today);
    expect([name, told.filter((line) => line.startsWith("analytics.groups: what "))]).toEqual([name, []]);
  }
});
