import type { Gate } from "../review/gate";
import type { PlanJson, RawResourceChange } from "../terraform/plan-json";
import { exposureGates } from "./exposure-gates";
import { homeFilesGates } from "./home-files-gates";
import { policyGates } from "./policy-gates";
import { profileGates } from "./profile-gates";
import { retentionGates } from "./retention-gates";
import { roleGates } from "./role-gates";
import { statefulTypes } from "./stateful-types";

/** Why a plan is held until a code owner has looked: data that goes or is kept no longer, rights that widen, what opens to the internet. */
export function gatesOf(plan: PlanJson): Gate[] {
  return plan.resource_changes
    .filter(({ mode, change }) => mode === "managed" && !change.actions.includes("no-op"))
    .flatMap((change) => [
      ...statefulGates(change),
      ...policyGates(change),
      ...profileGates(change),
      ...roleGates(change),
      ...retentionGates(change),
      ...homeFilesGates(change),
      ...exposureGates(change),
    ]);
}

function statefulGates({ address, type, change }: RawResourceChange): Gate[] {
  if (!change.actions.includes("delete") || !statefulTypes.has(type)) return [];
  const what = change.actions.includes("create") ? "replaced by an empty one" : "destroyed";
  return [{ kind: "stateful-destroyed", subject: address, words: `It is ${what}, with what is in it.` }];
}
