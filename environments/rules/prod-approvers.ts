import { rule } from "./rule";

/** Nothing reaches prod that nobody has let through. */
export const prodApprovers = rule(["github"], function* ({ name, github }) {
  if (name !== "prod" || github.approvers.length > 0) return;
  const expected = "a user or a team at least, who lets an apply of prod go on";
  yield { path: ["github", "approvers"], expected, toDo: "Write one, for example [image-platform/on-call]." };
});
