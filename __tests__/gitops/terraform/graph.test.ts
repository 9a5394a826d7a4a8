import { runInOrder, runSideBySide } from "../../../gitops/terraform/graph";
import type { Stack } from "../../../gitops/terraform/manifest";

const stack = (name: string, ...dependencies: string[]): Stack => ({
  name,
  environment: "dev",
  layer: name,
  folder: "",
  dependencies,
});
const stacks = [
  stack("network"),
  stack("data"),
  stack("streaming", "network"),
  stack("compute", "streaming", "data"),
  stack("analytics", "data"),
];

/** Runs the stacks and notes what runs beside what. */
async function observe(concurrency: number, failing: readonly string[] = []) {
  const running = new Set<string>();
  const done: string[] = [];
  let most = 0;
  const results = await runInOrder(stacks, {
    concurrency,
    work: async ({ name, dependencies }) => {
      expect(done).toEqual(expect.arrayContaining([...dependencies]));
      running.add(name);
      most = Math.max(most, running.size);
      await new Promise(setImmediate);
      running.delete(name);
      done.push(name);
      return { good: !failing.includes(name), result: failing.includes(name) ? `${name} failed` : name };
    },
    skipped: ({ name }, because) => `${name} skipped for ${because.join(", ")}`,
  });
  return { results, most, done };
}

describe("runInOrder", () => {
  it("runs each stack after those it depends on, and gives the results in the order of the stacks", async () => {
    expect((await observe(5)).results).toEqual(["network", "data", "streaming", "compute", "analytics"]);
  });

  it.each([1, 2, 3])("runs at most %d at once", async (concurrency) => {
    expect((await observe(concurrency)).most).toBeLessThanOrEqual(concurrency);
  });

  it("runs side by side what does not depend on each other", async () => {
    expect((await observe(2)).most).toBe(2);
  });

  it("leaves everything after a failed stack untouched, and names why", async () => {
    const { results, done } = await observe(2, ["network"]);

    expect(results).toEqual([
      "network failed",
      "data",
      "streaming skipped for network",
      "compute skipped for streaming",
      "analytics",
    ]);
    expect(done.sort()).toEqual(["analytics", "data", "network"]);
  });

  it("does not wait for a stack that was not chosen", async () => {
    const results = await runInOrder([stack("compute", "data")], {
      concurrency: 1,
      work: async ({ name }) => ({ good: true, result: name }),
      skipped: () => "skipped",
    });

    expect(results).toEqual(["compute"]);
  });
});

describe("runSideBySide", () => {
  it("keeps the order of the results", async () => {
    const work = async (turns: number) => {
      for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
      return turns;
    };

    expect(await runSideBySide([5, 1, 3], 2, work)).toEqual([5, 1, 3]);
  });
});
