import { redactor } from "../../../gitops/redact/redact-text";

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
    ["a GitLab token", ["glpat-", "a1".repeat(10)].join("")],
    ["a Slack token", ["xoxb-", "1234567890-abc"].join("")],
    ["a payment key", ["sk_live_", "a".repeat(24)].join("")],
    ["an npm token", ["npm_", "a".repeat(36)].join("")],
    ["a word drawn by lot", "x7Qp2LmZ9vKcR4tYw8NbH1sGd5FjA3eU"],
  ])("takes out %s wherever it comes from", (_, secret) => {
    expect(redactor({})(`before ${secret} after`)).toBe("before (secret) after");
  });

  it.each([
    ["https://user:hunter2secret@example.com/x", "https://user:(secret)@example.com/x"],
    [
      "https://b.s3.amazonaws.com/k?X-Amz-Signature=abc123&x=1",
      "https://b.s3.amazonaws.com/k?X-Amz-Signature=(secret)&x=1",
    ],
    ["db_password = correcthorse", "db_password = (secret)"],
    ['{"apiKey": "correcthorse"}', '{"apiKey": "(secret)"}'],
    ["password: (sensitive)", "password: (sensitive)"],
    ["token = null", "token = null"],
  ])("of %s only the secret goes", (text, expected) => {
    expect(redactor({})(text)).toBe(expected);
  });
});
