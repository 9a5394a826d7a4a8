import { rule } from "./rule";

/**
 * The functions call a container image through Lambda's API, which is outside of the VPC they are in. In `local` nothing
 * runs inside the network.
 */
export const imageNetwork = rule(["network", "processing"], function* ({ name, network, processing }) {
  if (name === "local" || !("image" in processing.code)) return;
  if (network.nat !== "none" || network.interfaceEndpoints.includes("lambda")) return;
  yield {
    path: ["network", "interfaceEndpoints"],
    expected: "lambda among them, as processing.code.image is called through Lambda's API and network.nat is none",
    toDo: 'Add lambda to the list, or set network.nat to "one".',
  };
});
