import type { Github } from "../../github/client";
import { UserError } from "../../user-error";
import { differences, type Facts, type PartChanges } from "../facts";
import type { Wanted } from "../wanted";

const merging = {
  allow_merge_commit: true,
  allow_squash_merge: true,
  allow_rebase_merge: true,
  delete_branch_on_merge: true,
};
type Merging = Partial<typeof merging>;

const factsOf = (held: Merging): Facts => ({
  "merge commits": held.allow_merge_commit === true,
  "squash merges": held.allow_squash_merge === true,
  "rebase merges": held.allow_rebase_merge === true,
  "a merged branch is deleted": held.delete_branch_on_merge === true,
});

/**
 * How pull requests are merged.
 * @throws UserError when the settings have other numbers of owner and repository than GitHub
 */
export async function mergingPart({ rest, at }: Github, wanted: Wanted): Promise<PartChanges> {
  const { data } = await rest.repos.get(at);
  const numbers = { ownerId: data.owner.id, repositoryId: data.id };
  const wrong = wanted.environments.flatMap(({ name, github }) =>
    (["ownerId", "repositoryId"] as const)
      .filter((key) => github[key] !== undefined && github[key] !== numbers[key])
      .map(
        (key) =>
          `environments/${name}.yaml: github.${key}: expected ${numbers[key]}, GitHub's number, but got ${github[key]}.`,
      ),
  );
  if (wrong.length > 0) throw new UserError(wrong.join("\n"));
  return {
    changes: differences("merging", factsOf(data as Merging), factsOf(merging)),
    make: async () => {
      await rest.repos.update({ ...at, ...merging });
    },
  };
}
