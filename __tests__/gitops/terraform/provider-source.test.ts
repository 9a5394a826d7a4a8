import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { TerraformBinary } from "../../../gitops/terraform/binary";
import { findProviderSource } from "../../../gitops/terraform/provider-source";
import { testFolder, write, writeScript } from "../../support/folders";

const root = testFolder();
const package_ = "registry.terraform.io/hashicorp/aws/5.100.0/linux_amd64/terraform-provider-aws_v5.100.0_x5";
let count = 0;

/** A computer of its own: home, root folder, cache, and a Terraform whose `init` runs the given lines of shell. */
function computer(init: readonly string[], answer = 60_000) {
  const folder = join(root, String(count++));
  const binary: TerraformBinary = {
    path: writeScript(join(folder, "terraform"), ["echo asked >> $(dirname $0)/asked", ...init]),
    product: "terraform",
    version: "1.11.4",
    platform: "linux_amd64",
    registryHost: "registry.terraform.io",
  };
  const env: NodeJS.ProcessEnv = { PATH: process.env.PATH };
  const surroundings = { env, home: join(folder, "home"), root: join(folder, "root") };
  const limits = { answer, whole: 60_000, memory: 3_600_000 };
  return {
    folder,
    surroundings,
    find: () => findProviderSource({ binary, cacheFolder: join(folder, "cache"), surroundings, limits }),
    asked: () =>
      existsSync(join(folder, "asked")) ? readFileSync(join(folder, "asked"), "utf8").split("\n").length - 1 : 0,
  };
}

const refuses = ["exit 1"];
const delivers = [
  'echo "- Installing hashicorp/aws v5.100.0..."',
  `mkdir -p $(dirname .terraform/providers/${package_})`,
  `touch .terraform/providers/${package_}`,
];

describe("findProviderSource", () => {
  it("leaves a user's configuration that names a source alone", async () => {
    const { surroundings, find, asked } = computer(delivers);
    const file = write(join(surroundings.home, ".terraformrc"), "provider_installation {\n  direct {}\n}\n");

    expect(await find()).toEqual({
      kind: "user-configuration",
      description: `Providers come from where ${file} says.`,
      cliConfigFile: file,
      parallelInit: true,
    });
    expect(asked()).toBe(0);
  });

  it("fills its own mirror from the registry, once", async () => {
    const { folder, find, asked } = computer(delivers);
    const mirror = join(folder, "cache/terraform-providers");

    const first = await find();
    const second = await find();

    expect(first).toMatchObject({ kind: "registry", description: `AWS provider 5.100.0 comes from ${mirror}.` });
    expect(second.kind).toBe("own-mirror");
    expect(asked()).toBe(1);
    expect(readFileSync(second.cliConfigFile ?? "", "utf8")).toBe(`disable_checkpoint = true

provider_installation {
  filesystem_mirror {
    path    = "${mirror}"
    include = ["registry.terraform.io/hashicorp/aws"]
  }
  direct {
    exclude = ["registry.terraform.io/hashicorp/aws"]
  }
}
`);
  });

  it.each([
    ["an implied mirror directory", "home/.terraform.d/plugins"],
    ["the folder of an add-on software", "root/opt/vendor"],
    ["one level below that", "root/opt/vendor/providers"],
    ["a folder of shared data", "root/usr/share/providers"],
  ])("takes what is in %s when the registry can't be reached", async (_, place) => {
    const { folder, find } = computer(refuses);
    write(join(folder, place, package_));

    expect(await find()).toMatchObject({
      kind: "found-mirror",
      description: `AWS provider 5.100.0 comes from ${join(folder, place)}.`,
    });
  });

  it("does not ask a registry again that could not be reached a while ago", async () => {
    const { folder, find, asked } = computer(refuses);
    write(join(folder, "root/opt/vendor", package_));

    await find();
    await find();

    expect(asked()).toBe(1);
  });

  it("gives up on a registry that does not answer", async () => {
    const { folder, find } = computer(["exec sleep 600"], 300);
    write(join(folder, "root/opt/vendor", package_));

    expect((await find()).kind).toBe("found-mirror");
  });

  it("says in one sentence that there is none", async () => {
    await expect(computer(refuses).find()).rejects.toThrow(
      "The AWS provider can't be had: registry.terraform.io can't be reached, and no folder on this computer (Terraform's implied mirror directories, /opt, /usr/local/share, /usr/share) holds registry.terraform.io/hashicorp/aws/<version>/linux_amd64 with a version from 5.100.0 to below 7.0.0; connect to the registry, or name a mirror in the provider_installation block of your Terraform CLI configuration.",
    );
  });
});
