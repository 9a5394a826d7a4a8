import { join, resolve } from "node:path";
import { localAccountEnvironment, targetOf } from "../../gitops/target";

const environmentsFolder = resolve(__dirname, "../../environments");

describe("targetOf", () => {
  it("works on AWS with the caller's environment", () => {
    const env = { AWS_PROFILE: "prod" };

    expect(targetOf("prod", { localAccount: false, environmentsFolder, env })).toEqual({ kind: "aws", env });
  });

  it("names the environments there are, and what may have been meant", () => {
    expect(() => targetOf("prd", { localAccount: false, environmentsFolder })).toThrow(
      `Expected the name of an environment, but there is no ${join("environments", "prd.yaml")}: there are dev, local, prod, staging. Did you mean prod?`,
    );
  });
});

describe("localAccountEnvironment", () => {
  it("lets none of the caller's AWS settings through", () => {
    const env = localAccountEnvironment(
      { PATH: "/bin", AWS_PROFILE: "prod", AWS_SESSION_TOKEN: "t", AWS_ROLE_ARN: "r", AWS_ENDPOINT_URL_S3: "e" },
      { endpoint: "http://127.0.0.1:4566", account: "123456789012", region: "eu-west-1" },
    );

    expect(env).toMatchObject({
      PATH: "/bin",
      AWS_ENDPOINT_URL: "http://127.0.0.1:4566",
      AWS_ACCESS_KEY_ID: "123456789012",
      AWS_REGION: "eu-west-1",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    });
    for (const name of ["AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ROLE_ARN", "AWS_ENDPOINT_URL_S3"]) {
      expect(env).not.toHaveProperty(name);
    }
  });
});
