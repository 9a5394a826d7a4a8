import type { Github } from "../../github/client";
import { differences, type Facts, type PartChanges } from "../facts";
import { allowedActions } from "../wanted";

interface Permissions {
  readonly enabled: boolean;
  readonly allowed_actions?: string;
  /** GitHub changelog, 15 August 2025: actions have to be pinned to a full commit. */
  readonly sha_pinning_required?: boolean;
}

const permissions: Permissions = { enabled: true, allowed_actions: "selected", sha_pinning_required: true };
const selection = { github_owned_allowed: true, verified_allowed: false, patterns_allowed: allowedActions };
/** Follow-up pull requests are opened by an apply. An approval by a workflow counts for nothing: no code owner gave it. */
const workflows = { default_workflow_permissions: "read", can_approve_pull_request_reviews: true } as const;

type Selection = {
  readonly github_owned_allowed?: boolean;
  readonly verified_allowed?: boolean;
  readonly patterns_allowed?: readonly string[];
};
type Workflows = { readonly default_workflow_permissions: string; readonly can_approve_pull_request_reviews: boolean };

const factsOf = (held: Permissions, chosen: Selection | undefined, rights: Workflows): Facts => ({
  "workflows run": held.enabled,
  "actions that may run": held.allowed_actions ?? "none",
  "actions have to be pinned to a commit": held.sha_pinning_required === true,
  "actions of GitHub": chosen?.github_owned_allowed === true,
  "actions of any verified maker": chosen?.verified_allowed === true,
  "further actions": chosen?.patterns_allowed ?? [],
  "rights that a workflow has unasked": rights.default_workflow_permissions,
  "workflows may open pull requests": rights.can_approve_pull_request_reviews,
});

/** Which actions run, and what a workflow may do that does not say what it needs. */
export async function actionsPart({ rest, request, at }: Github): Promise<PartChanges> {
  const held = (await rest.actions.getGithubActionsPermissionsRepository(at)).data as Permissions;
  const chosen =
    held.allowed_actions === "selected" ? (await rest.actions.getAllowedActionsRepository(at)).data : undefined;
  const rights = (await rest.actions.getGithubActionsDefaultWorkflowPermissionsRepository(at)).data;
  return {
    changes: differences("actions", factsOf(held, chosen, rights), factsOf(permissions, selection, workflows)),
    make: async () => {
      await request("PUT /repos/{owner}/{repo}/actions/permissions", { ...at, ...permissions } as never);
      await rest.actions.setAllowedActionsRepository({ ...at, ...selection });
      await rest.actions.setGithubActionsDefaultWorkflowPermissionsRepository({ ...at, ...workflows });
    },
  };
}
