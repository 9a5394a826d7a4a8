import { existsSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { childEnvironment } from "../../../gitops/terraform/child-environment";
import { initWorkspace } from "../../../gitops/terraform/init-workspace";
import type { Terraform } from "../../../gitops/terraform/run";
import { runIn, type Workspace } from "../../../gitops/terraform/workspace";
import { testFolder, write } from "../../support/folders";
import { describeWithProvider } from "../../support/terraform";

const root = testFolder();

/** A stack with one resource; `more` makes the requirements of providers others than those of other tests. */
function stackOf(name: string, version: string): Workspace {
  const folder = join(root, name);
  const skips = { skip_credentials_validation: true, skip_requesting_account_id: true };
  write(
    join(folder, "cdk.tf.json"),
    JSON.stringify({
      terraform: { required_providers: { aws: { source: "hashicorp/aws", version } } },
      provider: { aws: [{ region: "eu-central-1", ...skips }] },
      resource: { aws_sqs_queue: { one: { name } } },
    }),
  );
  return { stack: name, folder, dataFolder: join(folder, "data"), lockFile: join(folder, "kept.lock.hcl") };
}

describeWithProvider("workspaces that one process initializes", (found) => {
  const terraform: Terraform = {
    ...found,
    env: childEnvironment({ ...process.env, AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" }, found.source),
  };
  /** What Terraform said of providers. */
  const init = async (workspace: Workspace): Promise<string[]> => {
    const said: string[] = [];
    await initWorkspace(terraform, workspace, { onLine: (line) => said.push(line) });
    return said.filter((line) => line.startsWith("- ")).map((line) => line.split(" ")[1] ?? "");
  };
  const lockOf = ({ folder }: Workspace) => readFileSync(join(folder, ".terraform.lock.hcl"), "utf8");
  const providerOf = ({ dataFolder }: Workspace) => {
    const { registryHost, platform } = found.binary;
    return realpathSync(join(dataFolder, "providers", registryHost, "hashicorp", "aws", "5.100.0", platform));
  };

  it("have the provider installed once, by the first; the next plans with the same one, under the same lock file", async () => {
    const [first, second] = [stackOf("first", ">= 5.100.0, < 6.0.0"), stackOf("second", ">= 5.100.0, < 6.0.0")];
    expect(await init(first)).toContain("Installing");
    expect(await init(second)).toEqual([]);
    expect(lockOf(second)).toBe(lockOf(first));
    expect(lockOf(second)).toContain("hashicorp/aws");
    expect(readFileSync(second.lockFile, "utf8")).toBe(lockOf(second));
    expect(providerOf(second)).toBe(providerOf(first));
    const { stdout } = await runIn(terraform, second, ["plan", "-input=false", "-no-color"]);
    expect(stdout).toContain("Plan: 1 to add, 0 to change, 0 to destroy.");
  });

  it("install anew where another lock file is kept, and where the requirements differ", async () => {
    const version = ">= 5.99.0, < 6.0.0";
    expect(await init(stackOf("third", version))).toContain("Installing");

    const kept = stackOf("kept", version);
    const other = `# kept\n${lockOf(stackOf("third", version))}`;
    write(kept.lockFile, other);
    expect(await init(kept)).toContain("Installing");
    expect(lockOf(kept)).toBe(other);

    const others = stackOf("others", ">= 5.98.0, < 6.0.0");
    expect(await init(others)).toContain("Installing");
    expect(lockOf(others)).toContain(">= 5.98.0, < 6.0.0");
    expect(existsSync(others.lockFile)).toBe(true);
  });

  it("fail one by one where the provider can't be had, and none is taken for initialized", async () => {
    const [one, two] = [stackOf("one", "= 0.0.1"), stackOf("two", "= 0.0.1")];
    const ends = await Promise.allSettled([init(one), init(two)]);
    expect(ends.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    rmSync(one.dataFolder, { recursive: true, force: true });
    await expect(init(one)).rejects.toThrow(/terraform init/);
  });
});
