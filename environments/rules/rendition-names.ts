import { rule } from "./rule";
import { repeatedNames } from "./unique-names";

/** The name is part of the object's key: two of the same name would overwrite each other. */
export const renditionNames = rule(["processing"], ({ processing }) =>
  repeatedNames(["processing", "renditions"], processing.renditions),
);
