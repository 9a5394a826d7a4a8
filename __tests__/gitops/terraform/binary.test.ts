import { join } from "node:path";
import { compareVersions, findBinary } from "../../../gitops/terraform/binary";
import { testFolder, writeScript } from "../../support/folders";

const folder = testFolder();
const install =
  "install it from https://developer.hashicorp.com/terraform/install, or name another binary (OpenTofu too) with TERRAFORM_BINARY_NAME.";

const fake = (name: string, json: string, text = "Terraform v0.0.0") =>
  writeScript(join(folder, name), [`if [ "$2" = -json ]; then echo '${json}'; else echo '${text}'; fi`]);

const find = (path: string) => findBinary({ ...process.env, TERRAFORM_BINARY_NAME: path });

describe("findBinary", () => {
  it("takes the binary that TERRAFORM_BINARY_NAME names", async () => {
    const path = fake("good", '{"terraform_version":"1.10.0","platform":"darwin_arm64"}');

    expect(await find(path)).toEqual({
      path,
      product: "terraform",
      version: "1.10.0",
      platform: "darwin_arm64",
      registryHost: "registry.terraform.io",
    });
  });

  it("knows OpenTofu by its answer, and its registry", async () => {
    const path = fake("tofu", '{"terraform_version":"1.11.0","platform":"linux_amd64"}', "OpenTofu v1.11.0");

    expect(await find(path)).toMatchObject({ product: "tofu", registryHost: "registry.opentofu.org" });
  });

  it("says in one line what to install when there is none", async () => {
    await expect(find("/nowhere/terraform")).rejects.toThrow(
      `Terraform 1.10.0 or later is needed, but there is no \`/nowhere/terraform\` to run: ${install}`,
    );
  });

  it.each(["1.9.8", "1.10.0-rc1"])("refuses version %s", async (version) => {
    const path = fake("old", `{"terraform_version":"${version}","platform":"linux_amd64"}`);

    await expect(find(path)).rejects.toThrow(
      `Terraform 1.10.0 or later is needed, but \`${path}\` is ${version}: ${install}`,
    );
  });

  it("refuses a program that is something else", async () => {
    const path = fake("other", '{"hello":"world"}');

    await expect(find(path)).rejects.toThrow(
      `Expected the version of Terraform from \`${path} version -json\`, but its answer has no terraform_version and platform: ${install}`,
    );
  });
});

describe("compareVersions", () => {
  it("orders by number, with pre-releases before their release", () => {
    const versions = ["1.10.0", "1.9.8", "1.11.0-beta1", "1.11.0", "1.10.0-rc1"];

    expect(versions.sort(compareVersions)).toEqual(["1.9.8", "1.10.0-rc1", "1.10.0", "1.11.0-beta1", "1.11.0"]);
  });
});
