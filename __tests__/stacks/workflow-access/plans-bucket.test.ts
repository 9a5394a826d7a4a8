import { decide, statementsOf } from "../../support/iam/decide";
import { resource } from "../../support/synth";
import { bucket, prod } from "./access";

const policy = statementsOf([String(resource(prod.bootstrap, "aws_s3_bucket_policy", "plans").policy)]);
const tls = { "aws:SecureTransport": "true" };
const answer = (action: string, key: string, keys: Record<string, string>) =>
  decide(
    policy.filter(({ Sid }) => !Sid.startsWith("Tls")),
    { action, resource: bucket("plans", key), keys: { ...tls, ...keys } },
  );

it("refuses to overwrite whatever is there, whoever asks", () => {
  const making = { "s3:ObjectCreationOperation": "true" };
  for (const key of ["/reviews/pr-1/a/1-1/prod/prod-data/plan.tfplan", "/records/abc/prod/1-1.json", "/anything"]) {
    expect(answer("s3:PutObject", key, making)).toBe("refused");
    expect(answer("s3:PutObject", key, { ...making, "s3:if-none-match": "*" })).toBe("not granted");
    // The parts of a large object carry no precondition; putting them together does.
    expect(answer("s3:PutObject", key, { "s3:ObjectCreationOperation": "false" })).toBe("not granted");
  }
});

it("lets nobody remove a record", () => {
  expect(answer("s3:DeleteObject", "/records/abc/prod/1-1.json", {})).toBe("refused");
  expect(answer("s3:DeleteObjectVersion", "/records/abc/prod/1-1.json", {})).toBe("refused");
});

it("drops plans after 30 days and keeps records", () => {
  const { rule } = resource(prod.bootstrap, "aws_s3_bucket_lifecycle_configuration", "plans") as {
    rule: { id: string; filter: { prefix: string }[]; expiration?: { days: number }[] }[];
  };
  expect(rule.filter(({ expiration }) => expiration)).toEqual([
    { id: "plans", status: "Enabled", filter: [{ prefix: "reviews/" }], expiration: [{ days: 30 }] },
  ]);
});
