import { environmentWith, synth } from "../support/synth";

describe("every stack", () => {
  const stacks = synth(environmentWith("prod"));

  it.each(Object.entries(stacks))(
    "%s keeps its state in the environment's bucket, with a lock file",
    (layer, { terraform }) => {
      expect(terraform.backend).toEqual({
        s3: {
          bucket: "darkroom-prod-333333333333-eu-central-1-state",
          key: `${layer}.tfstate`,
          region: "eu-central-1",
          use_lockfile: true,
        },
      });
    },
  );

  it.each(Object.entries(stacks))(
    "%s leaves its state to the bucket's key, which Terraform's encrypt would replace by S3's own",
    (_, { terraform, data }) => {
      const reads = Object.values(data?.terraform_remote_state ?? {}).map(({ config }) => config);
      const backends = [(terraform.backend as { readonly s3: object }).s3, ...reads];
      expect(backends.filter((backend) => "encrypt" in (backend as object))).toEqual([]);
    },
  );

  it.each(Object.entries(stacks))(
    "%s asks for Terraform 1.10 and a provider whose arguments it keeps to",
    (_, { terraform }) => {
      expect(terraform.required_version).toBe(">= 1.10.0");
      expect(terraform.required_providers).toEqual({ aws: { source: "aws", version: ">= 5.100.0, < 7.0.0" } });
    },
  );

  // The one in another account: identity-stack.test.ts.
  it.each(Object.entries(stacks).filter(([layer]) => layer !== "identity"))(
    "%s tags all it makes and changes nothing in another account",
    (layer, { provider }) => {
      expect(provider).toEqual({
        aws: [
          {
            region: "eu-central-1",
            allowed_account_ids: ["333333333333"],
            default_tags: [
              {
                tags: {
                  application: "darkroom",
                  costCentre: "image-platform",
                  environment: "prod",
                  layer,
                  owner: "image-platform",
                },
              },
            ],
          },
        ],
      });
    },
  );

  it.each(Object.entries(stacks))("%s holds no endpoint and no credentials", (_, stack) => {
    expect(JSON.stringify(stack)).not.toMatch(/endpoint_url|access_key|secret_key|127\.0\.0\.1|localhost/);
  });
});
