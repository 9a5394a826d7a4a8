import { join } from "node:path";
import { chooseStacks, readStacks } from "../../../gitops/terraform/manifest";
import { testFolder, write } from "../../support/folders";
import { writeSynthesized } from "../../support/synthesized";

const root = testFolder();
const layers = {
  compute: { dependencies: ["streaming", "data"] },
  streaming: { dependencies: ["network"] },
  data: {},
  network: {},
  bootstrap: {},
};

describe("readStacks", () => {
  it("orders stacks after those they depend on, all of them after bootstrap", () => {
    const folder = join(root, "ordered");
    writeSynthesized(folder, "dev", layers);

    expect(readStacks(folder, "dev").map(({ layer, dependencies }) => [layer, dependencies])).toEqual([
      ["bootstrap", []],
      ["data", ["dev-bootstrap"]],
      ["network", ["dev-bootstrap"]],
      ["streaming", ["dev-bootstrap", "dev-network"]],
      ["compute", ["dev-bootstrap", "dev-data", "dev-streaming"]],
    ]);
  });

  it("tells dev from dev-eu", () => {
    const stack = (name: string) => ({ synthesizedStackPath: `stacks/${name}/cdk.tf.json`, dependencies: [] });
    write(
      join(root, "two/manifest.json"),
      JSON.stringify({ stacks: { "dev-data": stack("dev-data"), "dev-eu-data": stack("dev-eu-data") } }),
    );

    expect(readStacks(join(root, "two"), "dev").map(({ name }) => name)).toEqual(["dev-data"]);
    expect(readStacks(join(root, "two"), "dev-eu").map(({ name }) => name)).toEqual(["dev-eu-data"]);
  });

  it("says what to run when nothing is synthesized", () => {
    expect(() => readStacks("/nowhere", "dev")).toThrow(
      "There is no /nowhere/manifest.json: run `npm run synth -- dev`.",
    );
  });

  it("names what there is when the environment is not there", () => {
    const folder = join(root, "other");
    writeSynthesized(folder, "dev", { data: {} });

    expect(() => readStacks(folder, "prod")).toThrow(`${folder}/manifest.json holds no stack of prod, but dev-data.`);
  });

  it("refuses a circle", () => {
    const folder = join(root, "circle");
    writeSynthesized(folder, "dev", { a: { dependencies: ["b"] }, b: { dependencies: ["a"] }, c: {} });

    expect(() => readStacks(folder, "dev")).toThrow("The stacks dev-a, dev-b depend on each other in a circle.");
  });
});

describe("chooseStacks", () => {
  const folder = join(root, "choice");
  writeSynthesized(folder, "dev", layers);
  const stacks = readStacks(folder, "dev");

  it("takes names and layers, in the order in which they are applied", () => {
    expect(chooseStacks(stacks, ["dev-compute", "network"]).map(({ name }) => name)).toEqual([
      "dev-network",
      "dev-compute",
    ]);
  });

  it("takes all when none is named", () => {
    expect(chooseStacks(stacks, [])).toHaveLength(5);
  });

  it("names the unknown ones and those there are", () => {
    expect(() => chooseStacks(stacks, ["dta", "network", "x"])).toThrow(
      "Expected stacks of dev, but got dta, x: there are dev-bootstrap, dev-data, dev-network, dev-streaming, dev-compute.",
    );
  });
});
