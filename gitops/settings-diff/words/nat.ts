import { type LeafChange, pathOf } from "../leaf-changes";
import type { Words } from "./words";

/** Whether what runs in the private network gets out to the internet; with it, whoever works there can send data anywhere. */
export function natWords({ path, before, after }: LeafChange, environment: string): Words[] | undefined {
  if (pathOf(path) !== "network.nat") return undefined;
  const place = `the private network of ${environment}`;
  if (before === "none") {
    const words = `What runs in ${place}, notebooks of analysts among it, reaches the internet from now on: data can be sent there by HTTPS.`;
    return [{ words, gate: "public-exposure" }];
  }
  if (after === "none") {
    const lost = "AWS services without an endpoint can't be reached either, and web apps let nobody in";
    return [{ words: `What runs in ${place} no longer reaches the internet; ${lost}.` }];
  }
  const ways =
    after === "one" ? "one way out to the internet for all zones" : "a way out to the internet for each zone";
  return [{ words: `${environment} has ${ways}.` }];
}
