import { withoutGroup } from "../own-name";
import { rule } from "./rule";
import { repeatedNames } from "./unique-names";

/** Each group has a role of its own, named after it, and whoever is in no group has one, too. */
export const groupNames = rule(["analytics"], function* ({ analytics }) {
  yield* repeatedNames(["analytics", "groups"], analytics.groups);
  for (const [index, { name }] of analytics.groups.entries()) {
    if (name !== withoutGroup) continue;
    const expected = `another name than ${withoutGroup}, as the role of whoever is in no group is called`;
    yield { path: ["analytics", "groups", index, "name"], expected, toDo: "Rename the group." };
  }
});
