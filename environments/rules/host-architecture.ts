import { rule } from "./rule";

/** AWS runs functions on arm64; only the emulated account runs them on this computer. */
export const hostArchitecture = rule(["processing"], function* ({ name, processing }) {
  if (name === "local" || processing.architecture !== "host") return;
  yield {
    path: ["processing", "architecture"],
    expected: "arm64, in every environment but local",
    toDo: "Write arm64.",
  };
});
