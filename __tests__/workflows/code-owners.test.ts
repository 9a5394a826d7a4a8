import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { repositoryFolder } from "../../environments/repository";
import { ownersOf } from "../../gitops/gates/code-owners";

const root = repositoryFolder();
const owners = (path: string) => ownersOf(readFileSync(join(root, ".github", "CODEOWNERS"), "utf8"), path);

it.each([
  ".github/CODEOWNERS",
  ".github/workflows/apply.yml",
  "drift-allowed.yaml",
  "environments/prod.yaml",
  "gitops/cli.ts",
  "modules/policy.ts",
  "policy-skips.yaml",
  "stacks/build.ts",
])("%s, which decides who gets in and what is applied, is the on-call team's alone", (path) => {
  expect(existsSync(join(root, path))).toBe(true);
  expect(owners(path)).toEqual(["@image-platform/on-call"]);
});

it("what runs in jobs that take a role is the on-call team's, too: whoever changes it could take the role", async () => {
  const { metafile } = await build({
    ...{ absWorkingDir: root, bundle: true, write: false, outdir: "out", metafile: true },
    entryPoints: ["gitops/cli.ts", "main.ts", "apps/bundle/cli.ts"],
    ...{ platform: "node", packages: "external", logLevel: "error" },
  });
  const run = [...Object.keys(metafile.inputs), ".npmrc", "gitops/synth.mjs", "package.json", "package-lock.json"];
  expect(run.length).toBeGreaterThan(100);
  expect(run.filter((path) => !owners(path).includes("@image-platform/on-call"))).toEqual([]);
});

it("the rest has owners, too", () => {
  expect(owners("functions/processing/index.ts")).toEqual(["@image-platform/maintainers"]);
});
