import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";
import type { FoundTerraform } from "../../gitops/terraform/run";

const root = resolve(__dirname, "../..");

/**
 * `describe` for tests that run Terraform with the AWS provider. Where either can't be had, a test in their place says
 * so; with CI=true it fails.
 */
export function describeWithProvider(name: string, define: (terraform: FoundTerraform) => void): void {
  const { terraform, missing } = lookForTerraform();
  describe(name, () => {
    if (terraform) define(terraform);
    else {
      it("needs Terraform and the AWS provider", () => {
        console.warn(`NOT RUN: ${name}\n${missing}`);
        expect(process.env.CI === "true" ? missing : "not in CI").toBe("not in CI");
      });
    }
  });
}

/**
 * jest wants to know at once which tests there are, so the search runs in a process of its own; bundled, for tsx takes two seconds of
 * processor time to start.
 */
function lookForTerraform(): { readonly terraform?: FoundTerraform; readonly missing?: string } {
  const script = `
    import { findTerraform } from "./gitops/terraform/find-terraform";
    findTerraform({ env: process.env, cacheFolder: ${JSON.stringify(join(root, ".cache"))} }).then(
      (terraform) => console.log(JSON.stringify({ terraform })),
      (error) => console.log(JSON.stringify({ missing: error.message })),
    );`;
  const options = { bundle: true, write: false, platform: "node", target: "node20", logLevel: "silent" } as const;
  try {
    const { outputFiles } = buildSync({ stdin: { contents: script, resolveDir: root, loader: "ts" }, ...options });
    const input = outputFiles[0]?.text ?? "";
    const { stdout, stderr } = spawnSync(process.execPath, ["-"], { cwd: root, encoding: "utf8", input });
    return stdout ? JSON.parse(stdout) : { missing: stderr };
  } catch (error) {
    return { missing: String(error) };
  }
}
