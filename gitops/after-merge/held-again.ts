import { withChanges } from "../gates/approval";
import { gateName, gateState } from "../gates/gate-check";
import { checkOf } from "../github/check-run";
import type { Github } from "../github/client";
import type { ReviewManifest } from "../review/manifest";
import type { SettingChange } from "../settings-diff/setting-change";
import { gatesOfSettings } from "../settings-diff/setting-gates";
import type { MergedPull } from "./merged-pull";

/** What is known of a merge in one environment, by main's own code as far as it can be. */
export interface MergedChanges {
  readonly environment: string;
  /** Of the reviewed plans. What they say is held is held against the plans themselves before each is applied. */
  readonly manifests: readonly ReviewManifest[];
  /** What the merge changes in the environment's settings. */
  readonly settings: readonly SettingChange[];
  /** Commit of main before the merge: its code owners count, not those that the merge may name. */
  readonly base: string;
}

/**
 * Looks once more, after the merge, for a code owner's label for exactly these changes. Whoever may push can set the check `gate`;
 * nobody can give a label in another's name.
 * @returns why they are held; undefined where nothing is, or a code owner has let them pass
 */
export async function heldAgain(
  github: Github,
  pull: Pick<MergedPull, "number" | "head" | "openedBy" | "mergedAt">,
  { environment, manifests, settings, base }: MergedChanges,
): Promise<string | undefined> {
  const gates = [...gatesOfSettings(settings), ...manifests.flatMap(({ gates: held }) => held)];
  if (gates.length === 0) return undefined;
  const told = (await checkOf(github, pull.head, gateName))?.externalId ?? "";
  const approval = withChanges(told, environment, { stacks: manifests, gates });
  const asked = { number: pull.number, base, author: pull.openedBy, until: pull.mergedAt };
  const { open, title } = await gateState(github, asked, approval);
  return open ? undefined : `the merge has what the gate holds, and no code owner let exactly this pass. ${title}`;
}
