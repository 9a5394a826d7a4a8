import type { Github } from "../github/client";
import type { PartChanges } from "./facts";
import { actionsPart } from "./parts/actions";
import { branchRule } from "./parts/branch-rule";
import { environmentPart } from "./parts/environment";
import { labelsPart } from "./parts/labels";
import { mergingPart } from "./parts/merging";
import type { Wanted } from "./wanted";

/** What was found and done. */
export interface RepositorySetUp {
  readonly repository: string;
  /** GitHub's numbers, for `github.ownerId` and `github.repositoryId` in the environment files. */
  readonly numbers: { readonly ownerId: number; readonly repositoryId: number };
  /** One line each. */
  readonly changes: readonly string[];
  readonly made: boolean;
}

/**
 * Looks at all of the repository's settings first, tells what differs, and then, unless `dryRun`, makes it so. May be repeated: what
 * is as it should be is not touched.
 * @throws UserError when something of the settings is unknown to GitHub, GithubError when the token may not
 */
export async function setUpRepository(
  github: Github,
  wanted: Wanted,
  options: { readonly dryRun: boolean; readonly onChange?: (words: string) => void },
): Promise<RepositorySetUp> {
  const { data } = await github.rest.repos.get(github.at);
  const numbers = { ownerId: data.owner.id, repositoryId: data.id };
  // The rule of the branch comes last: until the rest stands, its checks could not pass.
  const parts: PartChanges[] = [await mergingPart(github, wanted), await actionsPart(github), await labelsPart(github)];
  for (const environment of wanted.environments) parts.push(await environmentPart(github, environment));
  parts.push(await branchRule(github, wanted));
  const changes = parts.flatMap((part) => part.changes.map(({ words }) => words));
  for (const words of changes) options.onChange?.(words);
  if (!options.dryRun) {
    for (const part of parts) if (part.changes.length > 0) await part.make();
  }
  return { repository: wanted.repository, numbers, changes, made: !options.dryRun && changes.length > 0 };
}
