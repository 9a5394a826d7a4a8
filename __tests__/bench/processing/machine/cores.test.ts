import { coreNumbers, pinned } from "../../../../bench/processing/machine/cores";

it("reads the kernel's lists of cores", () => {
  expect(coreNumbers("0-2,5,7-8\n")).toEqual([0, 1, 2, 5, 7, 8]);
});

it("runs a command on the cores it is given, and as it is where nothing can be pinned", () => {
  expect(pinned("1", "node", ["a.js"])).toEqual(["taskset", "-c", "1", "node", "a.js"]);
  expect(pinned(undefined, "node", ["a.js"])).toEqual(["node", "a.js"]);
});
