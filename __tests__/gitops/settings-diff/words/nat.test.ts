import { settingChanges } from "../../../../gitops/settings-diff/setting-changes";
import { environmentWith } from "../../../support/synth";

/** What is said of a change in prod. */
const said = (before: string, after: string) => {
  const [old, changed] = [before, after].map((value) => environmentWith("prod", { "network.nat": value }));
  return settingChanges(old, changed, new Date()).map(({ words, gate }) => [words, gate]);
};

it.each(["one", "one-per-zone"])(
  "holds a network that gets out to the internet, by %s, until a code owner has looked",
  (nat) => {
    expect(said("none", nat)).toEqual([
      [
        "What runs in the private network of prod, notebooks of analysts among it, reaches the internet from now on: data can be sent there by HTTPS.",
        "public-exposure",
      ],
    ]);
  },
);

it("tells what a network without NAT is cut off from", () => {
  expect(said("one", "none")).toEqual([
    [
      "What runs in the private network of prod no longer reaches the internet; AWS services without an endpoint can't be reached either, and web apps let nobody in.",
      undefined,
    ],
  ]);
});

it("tells how many ways out there are", () => {
  expect(said("one", "one-per-zone")).toEqual([["prod has a way out to the internet for each zone.", undefined]]);
  expect(said("one-per-zone", "one")).toEqual([["prod has one way out to the internet for all zones.", undefined]]);
});
