import type { Github } from "../github/client";
import { orMissing } from "../github/github-error";
import { ownedBy } from "./owner-pattern";

/** Places of the file, in GitHub's order (GitHub Docs, "About code owners"). */
const places = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"];

/** Roles in a repository that stand for a team whose members a workflow's token can't see. */
const standIns = ["admin", "maintain"];

/** People and teams that own environments and stacks, by the base branch's file; the last rule that fits a path counts. */
export function ownersOf(text: string, path: string): string[] {
  const rules = text
    .split("\n")
    .map((line) => line.replace(/#.*/, "").trim())
    .filter((line) => line !== "")
    .map((line) => line.split(/\s+/));
  const fitting = rules.filter(([pattern = ""]) => ownedBy(pattern, path));
  return fitting.at(-1)?.slice(1) ?? [];
}

/**
 * Whether somebody may let held changes pass: named in CODEOWNERS for the environment files, or, where teams are named,
 * with the role admin or maintain in the repository, for workflows' tokens can't see who is in a team.
 */
export async function isCodeOwner(github: Github, login: string, base: string): Promise<boolean> {
  const owners = ownersOf(await codeOwnersFile(github, base), "environments/prod.yaml");
  if (owners.some((owner) => owner.toLowerCase() === `@${login.toLowerCase()}`)) return true;
  if (!owners.some((owner) => owner.includes("/"))) return false;
  const { rest, at } = github;
  const permission = await orMissing(rest.repos.getCollaboratorPermissionLevel({ ...at, username: login }));
  return standIns.includes(permission?.data.role_name ?? "");
}

async function codeOwnersFile({ rest, at }: Github, ref: string): Promise<string> {
  for (const path of places) {
    const answer = await orMissing(rest.repos.getContent({ ...at, path, ref, mediaType: { format: "raw" } }));
    if (answer !== undefined) return String(answer.data);
  }
  return "";
}
