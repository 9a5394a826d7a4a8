import { rule } from "./rule";

/** A function's container image lies in a repository of its region (Lambda Developer Guide, "Create a function using a container image"). */
export const imageRegion = rule(["processing", "region"], function* ({ processing: { code }, region }) {
  if (!("image" in code)) return;
  const itsRegion = code.image.split(".")[3];
  if (itsRegion === region) return;
  const toDo = "Push the image to a repository there and write its address.";
  yield {
    path: ["processing", "code", "image"],
    expected: `an image in the region ${region}`,
    came: `got one in ${itsRegion}`,
    toDo,
  };
});
