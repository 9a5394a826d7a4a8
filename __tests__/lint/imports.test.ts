import { spawnSync } from "node:child_process";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryFolder } from "../../environments/repository";
import { testFolder, write } from "../support/folders";

const folder = testFolder();

const barrel = "@cdktf/provider-aws";

const allowed = [
  ["environments/rules/policy-size.ts", "../../modules/group-rights"],
  ["environments/warnings/gpu-hours.ts", "../../functions/common/accelerators"],
  ["stacks/data-stack.ts", "../modules/names"],
  ["stacks/data-stack.ts", "@cdktf/provider-aws/lib/s3-bucket"],
  ["modules/names.ts", "../environments/schema"],
  ["modules/names.ts", "../functions/common/layout"],
  ["functions/common/environment.ts", "../../environments/settings/processing"],
  ["apps/stream/app.ts", "../../functions/producer"],
  ["gitops/cli.ts", "../stacks/data-stack"],
] as const;

const refused = [
  ["environments/rules/tags.ts", "../../modules/names"],
  ["environments/load.ts", "../stacks/data-stack"],
  ["environments/load.ts", "constructs"],
  ["stacks/data-stack.ts", "../gitops/target"],
  ["stacks/data-stack.ts", barrel],
  ["modules/names.ts", "../stacks/data-stack"],
  ["modules/names.ts", barrel],
  ["functions/common/keys.ts", "../../modules/names"],
  ["functions/common/keys.ts", "../../environments/load"],
  ["functions/common/keys.ts", "../../environments/schema"],
  ["functions/common/keys.ts", barrel],
  ["apps/stream/app.ts", "../../modules/names"],
  ["apps/stream/app.ts", "../../functions/batch/handler"],
  ["gitops/cli.ts", barrel],
] as const;

/** What the repository's lint says of each file, without what it says of anything but imports. */
const refusedBy = (imports: readonly (readonly [string, string])[]): string[] => {
  const files = imports.map(([path, imported], index) => {
    const file = path.replace(/^(?!.*policy-size)(.*)\.ts$/, `$1-${index}.ts`);
    write(join(folder, file), `import type { Thing } from "${imported}";\nexport type Same = Thing;\n`);
    return file;
  });
  copyFileSync(join(repositoryFolder(), "biome.json"), join(folder, "biome.json"));
  const biome = join(repositoryFolder(), "node_modules/@biomejs/biome/bin/biome");
  const only = ["--only=style/noRestrictedImports", "--max-diagnostics=100", "--vcs-enabled=false"];
  const { stdout, stderr } = spawnSync(process.execPath, [biome, "lint", ...only, ...files], {
    cwd: folder,
    encoding: "utf8",
  });
  const said = stdout + stderr;
  expect(said).toContain(`Checked ${files.length} files`);
  return files.flatMap((file, index) =>
    new RegExp(`^${file}:1:\\d+ lint/style/noRestrictedImports`, "m").test(said)
      ? [(imports[index] ?? []).join(" imports ")]
      : [],
  );
};

it("the lint lets imports go one way: environments, stacks, modules; functions and apps beside them", () => {
  expect(refusedBy(allowed)).toEqual([]);
});

it("the lint refuses imports the other way, also those of types, and the barrel of the AWS provider", () => {
  expect(refusedBy(refused)).toEqual(refused.map((pair) => pair.join(" imports ")));
});
