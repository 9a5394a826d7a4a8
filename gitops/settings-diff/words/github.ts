import { type LeafChange, pathOf } from "../leaf-changes";
import type { Words } from "./words";

/** Who gets into the account, and who lets an apply go on: always for a code owner to see. */
const guarded: Readonly<Record<string, (environment: string, value: string) => string>> = {
  "github.repository": (environment, value) =>
    `Workflows of ${value} plan and apply ${environment}, and those of no other repository.`,
  "github.ownerId": (environment, value) =>
    `Tokens that plan and apply ${environment} have to name the owner's number ${value}.`,
  "github.repositoryId": (environment, value) =>
    `Tokens that plan and apply ${environment} have to name the repository's number ${value}.`,
  "github.approvers": (environment, value) => `An apply of ${environment} is let through by ${value}.`,
};

/** Changes of the section github. */
export function githubWords({ path, after }: LeafChange, environment: string): Words[] | undefined {
  const setting = pathOf(path);
  const say = guarded[setting];
  if (say === undefined) return undefined;
  const named = Array.isArray(after) ? after.join(", ") || "nobody: it goes on by itself" : String(after ?? "none");
  const command = setting === "github.approvers" ? "repository" : `bootstrap -- ${environment}`;
  const when = `In force once an administrator has run npm run ${command}.`;
  return [{ words: `${say(environment, named)} ${when}`, gate: "rights-widened" }];
}
