import { join } from "node:path";
import { firstProviderIn, providerIn } from "../../../gitops/terraform/provider-mirror";
import { testFolder, write } from "../../support/folders";

const root = testFolder();
const wanted = { registryHost: "registry.terraform.io", platform: "linux_amd64" };
let count = 0;

/** A mirror with the given files below the provider's address. */
function mirror(files: readonly string[], host = wanted.registryHost) {
  const folder = join(root, `mirror-${count++}`);
  for (const file of files) write(join(folder, host, "hashicorp/aws", file));
  return folder;
}

const unpacked = (version: string, platform = "linux_amd64") =>
  `${version}/${platform}/terraform-provider-aws_v${version}_x5`;

describe("providerIn", () => {
  it("takes the newest suitable version", () => {
    const folder = mirror([
      unpacked("5.100.0"),
      unpacked("6.9.0"),
      unpacked("6.25.0"),
      unpacked("5.99.1"),
      unpacked("7.0.0"),
    ]);

    expect(providerIn(folder, wanted)).toEqual({ mirror: folder, version: "6.25.0" });
  });

  it("reads the packed layout as well", () => {
    const folder = mirror(["terraform-provider-aws_5.100.0_linux_amd64.zip"]);

    expect(providerIn(folder, wanted)?.version).toBe("5.100.0");
  });

  it.each([
    ["of another platform", mirror([unpacked("5.100.0", "darwin_arm64")])],
    ["of another registry", mirror([unpacked("5.100.0")], "registry.opentofu.org")],
    ["too old", mirror([unpacked("5.99.1")])],
    ["too new", mirror([unpacked("7.0.0")])],
    ["without its executable", mirror(["5.100.0/linux_amd64/LICENSE.txt"])],
  ])("takes none that is %s", (_, folder) => {
    expect(providerIn(folder, wanted)).toBeUndefined();
  });
});

describe("firstProviderIn", () => {
  it("takes the first folder that holds one", () => {
    const second = mirror([unpacked("5.100.0")]);

    expect(firstProviderIn([mirror([]), second, mirror([unpacked("6.25.0")])], wanted)?.mirror).toBe(second);
  });
});
