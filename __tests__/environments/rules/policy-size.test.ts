import { policySize } from "../../../environments/rules/policy-size";
import { accessKinds, dataKinds } from "../../../environments/settings/analytics";
import { environmentWith } from "../../support/synth";
import { faultsOf } from "../edited";

const types = (count: number) => Array.from({ length: count }, (_, index) => `ml.g${index}x.xlarge`).join(", ");
const faults = (count: number) =>
  faultsOf([["instanceTypes: [ml.t3.medium, ml.g5.xlarge]", `instanceTypes: [${types(count)}]`]]);

it("refuses privileges that do not fit into one role, and names the group", () => {
  expect(faults(10)).toEqual([]);
  expect(faults(200)).toEqual([
    expect.stringMatching(
      /analytics\.groups\[0\]\.instanceTypes: expected privileges of image-analysts that fit into IAM's 10240 characters a role, not \d{5}, but got a list of 200\. Name fewer instance types or prebuiltModels, or give the group a shorter name\.$/,
    ),
  ]);
});

it("takes a group with every privilege and all data, five instance types and a model whose id is long", () => {
  expect(
    faultsOf([
      ["access: [notebooks, training]", "access: [notebooks, training, prebuilt-models, batch-inference]"],
      ["data: [processed-images, features]", "data: [processed-images, features, quarantine, originals]"],
      [
        "instanceTypes: [ml.t3.medium, ml.g5.xlarge]",
        "instanceTypes: [ml.t3.medium, ml.m5.2xlarge, ml.g5.xlarge, ml.g5.2xlarge, ml.p3.2xlarge]",
      ],
      ["  groups:", "  prebuiltModels: [tensorflow-ic-imagenet-mobilenet-v2-100-224-classification-4]\n  groups:"],
    ]),
  ).toEqual([]);
});

it.each(["dev", "staging", "prod"])("takes every group of %s with every privilege and all data", (name) => {
  const { groups } = environmentWith(name).analytics;
  const everything = groups.map((group) => ({ ...group, access: [...accessKinds], data: [...dataKinds] }));
  const settings = environmentWith(name, { "analytics.groups": everything });
  expect(groups.length).toBeGreaterThan(0);
  expect([...policySize.check(settings, new Date())]).toEqual([]);
});
