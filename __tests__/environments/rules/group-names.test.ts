import { anotherGroup, faultsOf } from "../edited";

it("refuses two groups of the same name", () => {
  expect(faultsOf([anotherGroup("image-analysts")])).toEqual([
    '90:13 analytics.groups[1].name: expected a name that no other entry of the list has, but got "image-analysts" (text). Rename one of the two.',
  ]);
});

it("refuses the name that stands for people of no group, whose role is called so", () => {
  expect(faultsOf([anotherGroup("without-group")])).toEqual([
    '90:13 analytics.groups[1].name: expected another name than without-group, as the role of whoever is in no group is called, but got "without-group" (text). Rename the group.',
  ]);
});
