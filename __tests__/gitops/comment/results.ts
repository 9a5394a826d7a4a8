import type { ReviewedStack, ReviewResult } from "../../../gitops/review/result";
import { noChanges, type OutputChange, type ResourceChange } from "../../../gitops/terraform/show";

type Plan = ReviewedStack["plan"];

export const attribute = (path: string, before: string, after: string, forcesReplacement = false) => ({
  path,
  before,
  after,
  forcesReplacement,
});

export const resource = (
  action: ResourceChange["action"],
  address: string,
  attributes: ResourceChange["attributes"] = [],
): ResourceChange => ({ action, address, type: address.split(".")[0] ?? "", attributes });

/** A planned stack; counts follow from the resources. */
export function stack(
  name: string,
  resources: readonly ResourceChange[],
  more: Partial<Omit<ReviewedStack, "plan">> & { plan?: Partial<Plan> } = {},
): ReviewedStack {
  const count = (action: string) => resources.filter((change) => change.action === action).length;
  const outputs: readonly OutputChange[] = more.plan?.changes?.outputs ?? [];
  const [environment = ""] = name.split("-");
  const counts = { add: count("add"), change: count("change"), destroy: count("destroy"), replace: count("replace") };
  return {
    because: "configuration",
    ...more,
    plan: {
      stack: name,
      environment,
      gates: [],
      changesSha256: "a".repeat(64),
      outcome: resources.length + outputs.length > 0 ? "changes" : "no-changes",
      waitsFor: [],
      mayChangeAfter: [],
      seconds: 1,
      ...more.plan,
      changes: { ...noChanges, counts, resources, outputs },
    },
  };
}

export const result = (environment: string, more: Partial<ReviewResult> = {}): ReviewResult => ({
  version: 1,
  environment,
  pullRequest: 12,
  head: "1".repeat(40),
  base: "2".repeat(40),
  mergeTree: "3".repeat(40),
  run: { id: "77", attempt: 1 },
  settings: [],
  stacks: [],
  unchanged: [],
  ...more,
});
