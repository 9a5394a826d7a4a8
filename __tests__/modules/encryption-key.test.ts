import { EncryptionKey } from "../../modules/encryption-key";
import { synthConstruct } from "../support/construct";
import { resource } from "../support/synth";

const key = resource(
  synthConstruct((scope) => {
    new EncryptionKey(scope, "key", {
      alias: "data",
      description: "Data",
      account: "111111111111",
      region: "eu-central-1",
    });
  }),
  "aws_kms_key",
);
const { Statement: statements } = JSON.parse(key.policy as string);

describe("EncryptionKey", () => {
  it("lets in the account, its logs and its alarms, and nobody else: budgets send mail themselves", () => {
    expect(statements.map(({ Principal }: { readonly Principal: unknown }) => Principal)).toEqual([
      { AWS: "arn:aws:iam::111111111111:root" },
      { Service: "logs.eu-central-1.amazonaws.com" },
      { Service: "cloudwatch.amazonaws.com" },
    ]);
  });

  it("lets services in on behalf of its own account only", () => {
    expect(statements.slice(1).map(({ Condition }: { readonly Condition: unknown }) => Condition)).toEqual([
      { ArnLike: { "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:eu-central-1:111111111111:log-group:*" } },
      { StringEquals: { "aws:SourceAccount": "111111111111" } },
    ]);
  });

  it("is rotated, and can't be destroyed by an apply", () => {
    expect(key).toMatchObject({ enable_key_rotation: true, lifecycle: { prevent_destroy: true } });
  });
});
