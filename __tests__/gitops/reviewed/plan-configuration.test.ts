import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { zipSync } from "fflate";
import { bringsAlong } from "../../../gitops/reviewed/plan-configuration";
import { testFolder, write } from "../../support/folders";

const root = testFolder();
const folder = join(root, "stack");
mkdirSync(join(folder, "assets"), { recursive: true });
for (const name of ["cdk.tf.json", "metadata.json", ".terraform.lock.hcl", "assets/code.zip"])
  write(join(folder, name), name);

const planOf = (files: Readonly<Record<string, string>>): string => {
  const zip = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)]));
  const file = join(root, "plan");
  writeFileSync(file, zipSync(zip));
  return file;
};
const others = { tfplan: "p", tfstate: "s", "tfconfig/modules.json": "[]", ".terraform.lock.hcl": "l" };
const own = "tfconfig/m-/cdk.tf.json";

it("knows the configuration of a folder in a plan's file", () => {
  expect(bringsAlong(planOf({ ...others, [own]: "cdk.tf.json" }), folder)).toBe(true);
});

it.each([
  ["another text", { [own]: "cdk.tf.json " }],
  ["none", {}],
  ["one file more", { [own]: "cdk.tf.json", "tfconfig/m-/more_override.tf": "" }],
  ["one module more", { [own]: "cdk.tf.json", "tfconfig/m-module/main.tf": "" }],
])("does not take %s for it", (_, files) => {
  expect(bringsAlong(planOf({ ...others, ...files }), folder)).toBe(false);
});

it("does not take what is no plan for one", () => {
  expect(bringsAlong(write(join(root, "text"), "something else"), folder)).toBe(false);
});
