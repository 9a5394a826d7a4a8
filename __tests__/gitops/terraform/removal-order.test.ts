import type { Stack } from "../../../gitops/terraform/manifest";
import { withRemoved } from "../../../gitops/terraform/removal-order";

const stack = (layer: string, ...dependencies: string[]): Stack => ({
  name: `dev-${layer}`,
  environment: "dev",
  layer,
  folder: "",
  dependencies: dependencies.map((name) => `dev-${name}`),
});
const removed = (layer: string, dependencies: string[], dependants: string[] = []): Stack => ({
  ...stack(layer, ...dependencies),
  removed: { from: "c", dependants: dependants.map((name) => `dev-${name}`) },
});
const order = (stacks: readonly Stack[], gone: readonly Stack[]) =>
  withRemoved(stacks, gone).map(({ layer, dependencies }) => [layer, ...dependencies.map((name) => name.slice(4))]);

it("leaves the stacks as they are where none is removed", () => {
  const stacks = [stack("bootstrap"), stack("data", "bootstrap")];
  expect(withRemoved(stacks, [])).toEqual(stacks);
});

it("destroys a stack after what used it is applied without it, and before what it stood on changes", () => {
  const stacks = [stack("bootstrap"), stack("analytics", "bootstrap"), stack("reports", "bootstrap")];
  const gone = [removed("identity", ["analytics", "bootstrap"], ["reports", "elsewhere"])];
  expect(order(stacks, gone)).toEqual([
    ["bootstrap"],
    ["reports", "bootstrap"],
    ["identity", "reports"],
    ["analytics", "bootstrap", "identity"],
  ]);
});

it("destroys several in reverse order of their dependencies", () => {
  const gone = [
    removed("data", [], ["compute"]),
    removed("compute", ["data"], ["page"]),
    removed("page", ["data", "compute"]),
  ];
  expect(order([stack("network")], gone).map(([layer]) => layer)).toEqual(["network", "page", "compute", "data"]);
});

it("destroys a stack in the end where what used it needs the change of what it stood on", () => {
  const stacks = [stack("data"), stack("compute", "data")];
  expect(order(stacks, [removed("streaming", ["data"], ["compute"])])).toEqual([
    ["data"],
    ["compute", "data"],
    ["streaming", "compute"],
  ]);
});
