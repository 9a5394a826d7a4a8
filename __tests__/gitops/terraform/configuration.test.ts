import { join } from "node:path";
import { configurationHash, readConfiguration } from "../../../gitops/terraform/configuration";
import { testFolder, write } from "../../support/folders";

const root = testFolder();
let count = 0;
const stack = (configuration: object) => {
  const folder = join(root, String(count++));
  write(join(folder, "cdk.tf.json"), JSON.stringify(configuration));
  return folder;
};
const expression = (text: string) => `\${${text}}`;
const place = (key: string) => ({ bucket: "states", key, region: "eu-central-1" });

describe("readConfiguration", () => {
  it("finds the backend, the upstream states and which of their outputs are read", () => {
    const folder = stack({
      terraform: { backend: { s3: place("compute.tfstate") } },
      data: {
        terraform_remote_state: {
          "cross-stack-reference-input-dev-network": { backend: "s3", config: place("network.tfstate") },
          data: { backend: "s3", config: place("data.tfstate") },
        },
      },
      resource: {
        aws_sns_topic: {
          x: {
            name: expression("data.terraform_remote_state.cross-stack-reference-input-dev-network.outputs.vpc-id"),
            tags: [
              expression('data.terraform_remote_state.data.outputs["key"]'),
              expression("data.terraform_remote_state.data.outputs.bucket"),
            ],
          },
        },
      },
    });

    const { backend, upstream, stateBucketAddress } = readConfiguration(folder);

    expect(backend).toEqual(place("compute.tfstate"));
    expect(upstream).toEqual([
      { location: place("network.tfstate"), outputs: ["vpc-id"] },
      { location: place("data.tfstate"), outputs: ["bucket", "key"] },
    ]);
    expect(stateBucketAddress).toBeUndefined();
  });

  it("finds the bucket that the stack makes for its own state", () => {
    const folder = stack({
      terraform: { backend: { s3: place("bootstrap.tfstate") } },
      resource: { aws_s3_bucket: { plans: { bucket: "plans" }, state: { bucket: "states" } } },
    });

    expect(readConfiguration(folder).stateBucketAddress).toBe("aws_s3_bucket.state");
  });

  it("says what to run when there is no configuration", () => {
    expect(() => readConfiguration("/nowhere")).toThrow(
      /^Expected a synthesized stack in \/nowhere\/cdk\.tf\.json, but .*ENOENT.*: run `npm run synth` again\.$/,
    );
  });
});

describe("configurationHash", () => {
  it("changes with every file Terraform reads, and with nothing else", () => {
    const folder = stack({ resource: {} });
    const plain = configurationHash(folder);

    write(join(folder, ".terraform.lock.hcl"), "lock");
    write(join(folder, ".terraform/terraform.tfstate"), "backend");
    write(join(folder, "metadata.json"), "notes");
    expect(configurationHash(folder)).toBe(plain);

    write(join(folder, "assets/code/function.zip"), "one");
    const withAsset = configurationHash(folder);
    write(join(folder, "assets/code/function.zip"), "two");
    expect(new Set([plain, withAsset, configurationHash(folder)]).size).toBe(3);
  });

  it("is the same for the same files in another folder", () => {
    expect(configurationHash(stack({ resource: {} }))).toBe(configurationHash(stack({ resource: {} })));
  });
});
