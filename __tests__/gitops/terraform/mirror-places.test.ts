import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { addOnFolders, impliedMirrors } from "../../../gitops/terraform/mirror-places";
import { testFolder } from "../../support/folders";

const at = (env: NodeJS.ProcessEnv) => ({ env, home: "/home/ada", root: "/" });

describe("impliedMirrors", () => {
  it("lists Terraform's directories on Linux", () => {
    expect(impliedMirrors({ platform: "linux_amd64", product: "terraform" }, at({}))).toEqual([
      "/home/ada/.terraform.d/plugins",
      "/home/ada/.local/share/terraform/plugins",
      "/usr/local/share/terraform/plugins",
      "/usr/share/terraform/plugins",
    ]);
  });

  it("follows the XDG variables", () => {
    const env = { XDG_DATA_HOME: "/data", XDG_DATA_DIRS: "/one:/two" };

    expect(impliedMirrors({ platform: "linux_amd64", product: "terraform" }, at(env)).slice(1)).toEqual([
      "/data/terraform/plugins",
      "/one/terraform/plugins",
      "/two/terraform/plugins",
    ]);
  });

  it("lists Terraform's directories on macOS", () => {
    expect(impliedMirrors({ platform: "darwin_arm64", product: "terraform" }, at({}))).toEqual([
      "/home/ada/.terraform.d/plugins",
      "/home/ada/Library/Application Support/io.terraform/plugins",
      "/Library/Application Support/io.terraform/plugins",
    ]);
  });

  it("lists Terraform's directories on Windows", () => {
    expect(impliedMirrors({ platform: "windows_amd64", product: "terraform" }, at({ APPDATA: "/roaming" }))).toEqual([
      "/roaming/terraform.d/plugins",
      "/roaming/HashiCorp/Terraform/plugins",
    ]);
  });
});

describe("addOnFolders", () => {
  const root = testFolder();

  it("lists the folders of add-on software down to two levels, and those of shared data down to one", () => {
    for (const folder of ["opt/vendor/mirror/deeper", "usr/share/mirror/deeper", "usr/local/share"]) {
      mkdirSync(join(root, folder), { recursive: true });
    }

    expect(addOnFolders({ root })).toEqual(
      ["opt/vendor", "opt/vendor/mirror", "usr/local/share", "usr/share", "usr/share/mirror"].map((folder) =>
        join(root, folder),
      ),
    );
  });
});
