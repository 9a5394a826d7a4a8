import { faultsOf } from "../edited";

const types = (count: number) => Array.from({ length: count }, (_, index) => `ml.g${index}x.xlarge`).join(", ");
const faults = (count: number) =>
  faultsOf([["instanceTypes: [ml.t3.medium, ml.g5.xlarge]", `instanceTypes: [${types(count)}]`]]);

it("refuses privileges that do not fit into one role, and names the group", () => {
  expect(faults(10)).toEqual([]);
  expect(faults(200)).toEqual([
    expect.stringMatching(
      /analytics\.groups\[0\]\.instanceTypes: expected privileges of image-analysts that fit into IAM's 10240 characters a role, not \d{5}, but got a list of 200\. Name fewer instance types, or fewer prebuiltModels\.$/,
    ),
  ]);
});
