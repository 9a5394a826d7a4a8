import { redactor } from "../../../gitops/terraform/redact";

describe("redactor", () => {
  it("takes out the values of variables whose names tell of secrets", () => {
    const redact = redactor({
      AWS_SECRET_ACCESS_KEY: "abcdefghij",
      GITHUB_TOKEN: "token-value",
      AWS_REGION: "eu-central-1",
    });

    expect(redact("abcdefghij in eu-central-1 with token-value")).toBe("(secret) in eu-central-1 with (secret)");
  });

  it("leaves words alone that a short dummy secret happens to be", () => {
    expect(redactor({ AWS_SECRET_ACCESS_KEY: "local" })("the local account")).toBe("the local account");
  });

  it.each([
    ["an AWS key id", ["ASIA", "ABCDEFGHIJKLMNOP"].join("")],
    ["a GitHub token", ["ghp_", "a".repeat(36)].join("")],
    ["a JSON web token", ["eyJhbGciOiJI", "eyJzdWIiOiIx", "c2lnbmF0dXJl"].join(".")],
    ["a private key", ["-----BEGIN RSA PRIVATE", "KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----"].join(" ")],
  ])("takes out %s wherever it comes from", (_, secret) => {
    expect(redactor({})(`before ${secret} after`)).toBe("before (secret) after");
  });
});
