import type { Environment } from "../environments/schema";

/** What a group may do, in the administrator's words. */
export type Privilege = Environment["analytics"]["groups"][number]["access"][number];

/** Apps of Studio's navigation, and the privileges of which one shows it; without any it is shown to nobody (SageMaker API, AppType). */
const apps: Readonly<Record<string, readonly Privilege[]>> = {
  Canvas: [],
  CodeEditor: [],
  JupyterLab: ["notebooks"],
  JupyterServer: [],
  RStudioServerPro: [],
};

/** Tools of Studio's navigation, likewise: those that the AWS provider 5.100.0 knows (SageMaker API, MlTools). */
const tools: Readonly<Record<string, readonly Privilege[]>> = {
  AutoMl: [],
  Comet: [],
  DataWrangler: [],
  DeepchecksLLMEvaluation: [],
  EmrClusters: [],
  Endpoints: ["prebuilt-models"],
  Experiments: [],
  FeatureStore: [],
  Fiddler: [],
  HyperPodClusters: [],
  InferenceOptimization: [],
  InferenceRecommender: [],
  JumpStart: ["prebuilt-models"],
  LakeraGuard: [],
  ModelEvaluation: [],
  Models: ["prebuilt-models", "batch-inference"],
  PerformanceEvaluation: [],
  Pipelines: [],
  Projects: [],
  Training: ["training"],
};

const without = (access: readonly Privilege[], parts: Readonly<Record<string, readonly Privilege[]>>): string[] =>
  Object.keys(parts).filter((part) => !parts[part]?.some((privilege) => access.includes(privilege)));

/**
 * What Studio's navigation hides from people with these privileges: what they could not use. Hiding refuses nothing, as everything can be
 * asked for by its API, too; what a group may do is the policy of its role alone (SageMaker API, StudioWebPortalSettings). Instance types
 * are not hidden: only what is hidden can be listed, so that each new type of AWS would be shown until the list here has it.
 */
export const hiddenInStudio = (access: readonly Privilege[]) => ({
  hiddenAppTypes: without(access, apps),
  hiddenMlTools: without(access, tools),
});
