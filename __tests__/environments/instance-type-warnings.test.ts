import {
  AppInstanceType,
  ProductionVariantInstanceType,
  TrainingInstanceType,
  TransformInstanceType,
} from "@aws-sdk/client-sagemaker";
import { accessKinds } from "../../environments/settings/analytics";
import { environmentWarnings } from "../../environments/warnings";
import { serves } from "../../environments/warnings/instance-types";
import { environmentWith } from "../support/synth";
import { today } from "./edited";

const told = (access: readonly string[], types: readonly string[]) =>
  environmentWarnings(
    environmentWith("dev", { "analytics.groups.0.access": access, "analytics.groups.0.instanceTypes": types }),
    today,
  );

it.each([
  ["prebuilt-models", "ml.t3.medium", "hosts models in SageMaker. Add one that does, for example ml.m5.xlarge,"],
  [
    "batch-inference",
    "ml.t3.medium",
    "runs batch inference in SageMaker. Add one that does, for example ml.m5.xlarge,",
  ],
  ["training", "ml.inf1.xlarge", "trains in SageMaker. Add one that does, for example ml.m5.xlarge,"],
  ["notebooks", "ml.p2.xlarge", "runs notebooks in SageMaker. Add one that does, for example ml.t3.medium,"],
])("warns of a group with %s whose only type, %s, does not serve it", (access, type, words) => {
  expect(told([access], [type])).toEqual([
    `analytics.groups: image-analysts has ${access}, and none of its instance types (${type}) ${words} or take ${access} away.`,
  ]);
});

it("has nothing to say where one type of several serves a privilege, nor of privileges that the group has not", () => {
  expect(told(accessKinds, ["ml.t3.medium", "ml.m5.xlarge"])).toEqual([]);
  expect(told(["notebooks", "training"], ["ml.t3.medium"])).toEqual([]);
  expect(told([], ["ml.inf1.xlarge"])).toEqual([]);
});

it("names all types of the group, and each privilege that none serves", () => {
  const named = "none of its instance types (ml.t3.medium, ml.t3.large)";
  const toDo = "Add one that does, for example ml.m5.xlarge, or take";
  expect(told(accessKinds, ["ml.t3.medium", "ml.t3.large"])).toEqual([
    `analytics.groups: image-analysts has prebuilt-models, and ${named} hosts models in SageMaker. ${toDo} prebuilt-models away.`,
    `analytics.groups: image-analysts has batch-inference, and ${named} runs batch inference in SageMaker. ${toDo} batch-inference away.`,
  ]);
});

it("has nothing to say of a family that it does not know", () => {
  expect(told(accessKinds, ["ml.z9.large"])).toEqual([]);
});

describe("by the API's own lists", () => {
  const lists = {
    notebooks: AppInstanceType,
    training: TrainingInstanceType,
    "prebuilt-models": ProductionVariantInstanceType,
    "batch-inference": TransformInstanceType,
  };
  const family = (type: string) => type.split(".")[1];
  const types = new Set(Object.values(lists).flatMap((list): string[] => Object.values(list)));
  types.delete("system");

  it.each(accessKinds)("each family serves %s or does not", (access) => {
    const listed = new Set(Object.values(lists[access]).map(family));
    const wrong = [...types].filter((type) => serves(access, type) !== listed.has(family(type)));
    expect(types.size).toBeGreaterThan(300);
    expect(wrong).toEqual([]);
  });
});
