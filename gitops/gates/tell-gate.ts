import { planMarker } from "../comment/status-block";
import type { Github } from "../github/client";
import { withGate } from "./gate-block";
import type { GateState } from "./gate-check";

/**
 * Says in the one comment of a pull request what its gate says now; all else in it stays.
 * @returns none: there is no comment, or it speaks of nothing that is held
 */
export async function tellGate(
  { rest, paginate, at }: Github,
  pullRequest: number,
  state: GateState,
): Promise<"edited" | "same" | "none"> {
  const all = await paginate(rest.issues.listComments, { ...at, issue_number: pullRequest, per_page: 100 });
  const found = all.find(({ user, body }) => user?.type === "Bot" && body?.startsWith(planMarker));
  const body = withGate(found?.body ?? "", state);
  if (!found || body === undefined) return "none";
  if (body === found.body) return "same";
  await rest.issues.updateComment({ ...at, comment_id: found.id, body });
  return "edited";
}
