import { join } from "node:path";
import { changedStacks } from "../../../gitops/changed/compare-outputs";
import { testFolder, write } from "../../support/folders";

const folder = testFolder();
let number = 0;

/** An output with the given stacks; each depends on the one before it in its environment. */
function output(stacks: Record<string, string>): string {
  const out = join(folder, `out-${number++}`);
  const names = Object.keys(stacks);
  const entries = names.map((name) => {
    const [environment] = name.split("-");
    const before = names
      .slice(0, names.indexOf(name))
      .filter((other) => other.startsWith(`${environment}-`))
      .slice(-1);
    return [name, { synthesizedStackPath: `stacks/${name}/cdk.tf.json`, dependencies: before }];
  });
  write(join(out, "manifest.json"), JSON.stringify({ stacks: Object.fromEntries(entries) }));
  for (const [name, text] of Object.entries(stacks)) write(join(out, "stacks", name, "cdk.tf.json"), text);
  return out;
}

const base = { "dev-data": "1", "dev-compute": "1", "prod-data": "1", "prod-compute": "1" };
const changed = (present: Record<string, string>) => changedStacks(output(base), output(present));

it("finds nothing where nothing differs", () => {
  expect(changed(base)).toEqual([]);
});

it("finds the stack that differs, in its environment alone, and those that depend on it", () => {
  expect(changed({ ...base, "prod-data": "2" })).toEqual([
    { environment: "prod", stack: "prod-data", because: "configuration" },
    { environment: "prod", stack: "prod-compute", because: "upstream" },
  ]);
  expect(changed({ ...base, "prod-compute": "2" })).toEqual([
    { environment: "prod", stack: "prod-compute", because: "configuration" },
  ]);
});

it("counts a new stack, and one that changes with what it depends on once, for its own change", () => {
  expect(changed({ ...base, "dev-data": "2", "dev-compute": "2", "test-data": "1" })).toEqual([
    { environment: "dev", stack: "dev-data", because: "configuration" },
    { environment: "dev", stack: "dev-compute", because: "configuration" },
    { environment: "test", stack: "test-data", because: "configuration" },
  ]);
});

it("looks at assets too", () => {
  const [one, other] = [output(base), output(base)];
  write(join(one, "stacks/dev-data/assets/code.zip"), "1");
  write(join(other, "stacks/dev-data/assets/code.zip"), "2");
  expect(changedStacks(one, other)[0]).toEqual({ environment: "dev", stack: "dev-data", because: "configuration" });
});
