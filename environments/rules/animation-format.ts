import { rule } from "./rule";

/** The other formats' encoders write one frame. */
export const animationFormat = rule(["processing"], function* ({ processing }) {
  for (const [index, { animation, format }] of processing.renditions.entries()) {
    if (animation !== "keep" || format === "webp") continue;
    yield {
      path: ["processing", "renditions", index, "animation"],
      expected: `first-frame, as ${format} pictures are not animated`,
      toDo: "Write first-frame, or format: webp.",
    };
  }
});
