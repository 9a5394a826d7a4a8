import type { Github } from "../../github/client";
import { differences, type Facts, type PartChanges } from "../facts";
import { type Label, labels } from "../wanted";

const factsOf = ({ color, description }: Pick<Label, "color"> & { description: string | null }): Facts => ({
  colour: color.toLowerCase(),
  description: description ?? "",
});

/** The labels that commands use; all others are left alone. GitHub takes two names that differ in case for one. */
export async function labelsPart({ rest, paginate, at }: Github): Promise<PartChanges> {
  const held = await paginate(rest.issues.listLabelsForRepo, { ...at, per_page: 100 });
  const parts = Object.values(labels).map((label) => {
    const found = held.find(({ name }) => name.toLowerCase() === label.name);
    const changes = differences(`label ${label.name}`, found && factsOf(found), factsOf(label));
    return { label, found, changes };
  });
  return {
    changes: parts.flatMap(({ changes }) => changes),
    make: async () => {
      for (const { label, found, changes } of parts) {
        if (changes.length === 0) continue;
        const { name, color, description } = label;
        if (found) await rest.issues.updateLabel({ ...at, name: found.name, new_name: name, color, description });
        else await rest.issues.createLabel({ ...at, name, color, description });
      }
    },
  };
}
