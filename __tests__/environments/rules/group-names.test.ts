import { faultsOf } from "../edited";

const group = `    - name: image-analysts
      access: []
      data: []
      instanceTypes: [ml.t3.medium]
      maxRuntimeHours: 1
      monthlyBudgetUsd: 1
      sessionHours: 1
`;

it("refuses two groups of the same name", () => {
  expect(faultsOf([["alerts:", `${group}alerts:`]])).toEqual([
    '90:13 analytics.groups[1].name: expected a name that no other entry of the list has, but got "image-analysts" (text). Rename one of the two.',
  ]);
});

it("refuses the name that stands for people of no group, whose role is called so", () => {
  expect(faultsOf([["alerts:", `${group.replace("image-analysts", "without-group")}alerts:`]])).toEqual([
    '90:13 analytics.groups[1].name: expected another name than without-group, as the role of whoever is in no group is called, but got "without-group" (text). Rename the group.',
  ]);
});
