import { profileName } from "../profile-name";
import { rule } from "./rule";

/**
 * A person has one profile in Studio, and a profile one role (SageMaker AI Developer Guide, "Domain user profiles"), so that nobody can be
 * in two groups. Names are compared as Identity Center does, without regard to case.
 */
export const people = rule(["analytics"], function* ({ analytics }) {
  const seen = new Map<string, { readonly person: string; readonly group: string }>();
  for (const [index, group] of analytics.groups.entries()) {
    for (const [at, person] of (group.people ?? []).entries()) {
      const profile = profileName(person).toLowerCase();
      const first = seen.get(profile);
      if (first === undefined) {
        seen.set(profile, { person, group: group.name });
        continue;
      }
      const path = ["analytics", "groups", index, "people", at];
      if (first.person.toLowerCase() === person.toLowerCase()) {
        const expected = `each person in one group only, but ${first.group} has ${first.person} already`;
        yield { path, expected, toDo: "Remove one of the two, or give one group the rights of both." };
      } else {
        const expected = `a name whose profile in Studio is not called as that of ${first.person}, ${profileName(person)}`;
        yield { path, expected, toDo: "Have one of the two user names changed in the directory." };
      }
    }
  }
});
