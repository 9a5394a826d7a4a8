import { join } from "node:path";
import { userConfigWithSource } from "../../../gitops/terraform/cli-config";
import { testFolder, write } from "../../support/folders";

const root = testFolder();
const block = 'provider_installation {\n  filesystem_mirror {\n    path = "/mirror"\n  }\n}\n';
let count = 0;

/** A home folder with the given files. */
function home(files: Record<string, string>) {
  const folder = join(root, `home-${count++}`);
  for (const [name, text] of Object.entries(files)) write(join(folder, name), text);
  return folder;
}

const look = (folder: string, env: NodeJS.ProcessEnv = {}, product: "terraform" | "tofu" = "terraform") =>
  userConfigWithSource({ platform: "linux_amd64", product }, { env, home: folder, root });

describe("userConfigWithSource", () => {
  it("takes the file of TF_CLI_CONFIG_FILE", () => {
    const folder = home({ ".terraformrc": block, "own.tfrc": block });
    const file = join(folder, "own.tfrc");

    expect(look(folder, { TF_CLI_CONFIG_FILE: file })).toEqual({ file, implied: false, pluginCache: false });
  });

  it("takes the one of the home folder when the file of TF_CLI_CONFIG_FILE does not exist", () => {
    const folder = home({ ".terraformrc": block });

    expect(look(folder, { TF_CLI_CONFIG_FILE: "/nowhere" })?.file).toBe(join(folder, ".terraformrc"));
  });

  it("does not look further when the file of TF_CLI_CONFIG_FILE names no source, as Terraform doesn't", () => {
    const folder = home({ ".terraformrc": block, "own.tfrc": "disable_checkpoint = true\n" });

    expect(look(folder, { TF_CLI_CONFIG_FILE: join(folder, "own.tfrc") })).toBeUndefined();
  });

  it("takes OpenTofu's own file first", () => {
    const folder = home({ ".terraformrc": block, ".tofurc": block });

    expect(look(folder, {}, "tofu")?.file).toBe(join(folder, ".tofurc"));
    expect(look(folder)?.file).toBe(join(folder, ".terraformrc"));
  });

  it("takes a fragment of the configuration folder, which Terraform reads by itself", () => {
    const folder = home({ ".terraform.d/mirror.tfrc.json": '{"provider_installation":{"direct":{}}}' });

    expect(look(folder)).toMatchObject({ implied: true });
  });

  it("ignores a block that is commented out", () => {
    expect(look(home({ ".terraformrc": `# provider_installation {\n/* ${block} */\n` }))).toBeUndefined();
  });

  it("notices a plugin cache, which inits side by side would spoil", () => {
    const folder = home({ ".terraformrc": `plugin_cache_dir = "/cache"\n${block}` });

    expect(look(folder)).toMatchObject({ pluginCache: true });
  });
});
