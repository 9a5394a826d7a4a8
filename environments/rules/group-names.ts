import { rule } from "./rule";
import { repeatedNames } from "./unique-names";

/** Each group has a role of its own, named after it. */
export const groupNames = rule(["analytics"], ({ analytics }) =>
  repeatedNames(["analytics", "groups"], analytics.groups),
);
