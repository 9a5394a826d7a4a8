import { type AttributeChange, attributeChanges } from "./attribute-changes";
import type { PlanJson, RawResourceChange } from "./plan-json";

/** What happens to a resource or an output. */
export type Action = "add" | "change" | "replace" | "destroy" | "move" | "import" | "forget";

/** One resource that a plan changes, or that was changed outside of Terraform. */
export interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly action: Action;
  /** Terraform's reason, for example `replace_because_cannot_update`. */
  readonly reason?: string;
  /** Address before the move. */
  readonly previousAddress?: string;
  /** What differs; empty for additions and removals, where everything does. */
  readonly attributes: readonly AttributeChange[];
}

/** One output that a plan changes. */
export interface OutputChange extends AttributeChange {
  readonly action: Action;
}

/** What a plan would do: no value that Terraform or the provider marks as sensitive. */
export interface PlanChanges {
  readonly counts: {
    readonly add: number;
    readonly change: number;
    readonly destroy: number;
    readonly replace: number;
  };
  readonly resources: readonly ResourceChange[];
  /**
   * What was changed outside of Terraform since the last apply and leads to a change of the plan; as in Terraform's own
   * text, other drift (a role that now lists its policies, say) is left out.
   */
  readonly drift: readonly ResourceChange[];
  readonly outputs: readonly OutputChange[];
}

/** A plan that changes nothing. */
export const noChanges: PlanChanges = {
  counts: { add: 0, change: 0, destroy: 0, replace: 0 },
  resources: [],
  drift: [],
  outputs: [],
};

/** Counts, resources, drift and outputs of a plan, sensitive values left out. */
export function changesOf(plan: PlanJson): PlanChanges {
  const resources = plan.resource_changes.flatMap(resourceOf);
  const count = (wanted: Action) => resources.filter((resource) => resource.action === wanted).length;
  return {
    counts: { add: count("add"), change: count("change"), destroy: count("destroy"), replace: count("replace") },
    resources,
    drift: plan.resource_drift.flatMap(resourceOf).flatMap((resource) => relevantDrift(resource, plan)),
    outputs: Object.entries(plan.output_changes).flatMap(([name, output]) => {
      const kind = actionOf(output);
      const [whole] = attributeChanges(output, name);
      return kind === undefined || whole === undefined ? [] : [{ ...whole, action: kind }];
    }),
  };
}

/** Whether the plan does anything. */
export const changesAnything = ({ resources, outputs }: PlanChanges): boolean => resources.length + outputs.length > 0;

function resourceOf({
  address,
  previous_address,
  mode,
  type,
  action_reason,
  change,
}: RawResourceChange): ResourceChange[] {
  if (mode === "data") return [];
  const moved = previous_address !== undefined && previous_address !== address;
  const kind = actionOf(change) ?? (moved ? "move" : change.importing ? "import" : undefined);
  if (kind === undefined) return [];
  return [
    {
      address,
      type,
      action: kind,
      ...(action_reason !== undefined && { reason: action_reason }),
      ...(moved && { previousAddress: previous_address }),
      attributes: kind === "change" || kind === "replace" ? attributeChanges(change) : [],
    },
  ];
}

function relevantDrift(drift: ResourceChange, plan: PlanJson): ResourceChange[] {
  const address = drift.address.replace(/\[[^\]]*\]$/, "");
  const relevant = plan.relevant_attributes.filter(({ resource }) => resource === address);
  const attributes = drift.attributes.filter(({ path }) =>
    relevant.some(({ attribute: [first] }) => first === undefined || first === /^[^.[]+/.exec(path)?.[0]),
  );
  const gone = drift.action === "destroy" && relevant.length > 0;
  return gone || attributes.length > 0 ? [{ ...drift, attributes }] : [];
}

function actionOf({ actions }: RawResourceChange["change"]): Action | undefined {
  if (actions.includes("create") && actions.includes("delete")) return "replace";
  const names = {
    create: "add",
    update: "change",
    delete: "destroy",
    forget: "forget",
    read: undefined,
    "no-op": undefined,
  } as const;
  return actions[0] === undefined ? undefined : names[actions[0]];
}
