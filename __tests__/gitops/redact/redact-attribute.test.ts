import { redactAttribute } from "../../../gitops/redact/redact-attribute";

const random = "x7Qp2LmZ9vKcR4tYw8NbH1sGd5FjA3eU";

it.each([
  "password",
  "master_password",
  "auth_token",
  "user_data",
  "user_data_base64",
  "tls[0].private_key",
  "login.secret_key",
  "setting[3].credentials",
  "environment[0].variables.DB_PASSWORD",
  "environment[0].variables.SENTRY_DSN",
])("hides the value of %s whatever it is", (path) => {
  expect(redactAttribute(path, '"plain"')).toBe("(secret)");
});

it.each([
  ["environment[0].variables.ENVIRONMENT", '"prod"'],
  ["rule[0].expiration[0].days", "14"],
  ["secret_arn", '"arn:aws:secretsmanager:eu-central-1:333333333333:secret:x"'],
  ["kms_key_id", '"arn:aws:kms:eu-central-1:333333333333:key/1b2c3d4e-0000-4111-8222-333344445555"'],
  ["tags.owner", '"image-platform"'],
  ["function_name", '"darkroom-prod-stream"'],
])("shows the value of %s", (path, value) => {
  expect(redactAttribute(path, value)).toBe(value);
});

it.each(["(sensitive)", "(known after apply)", "(none)"])("leaves %s as it is, also where a secret is", (word) => {
  expect(redactAttribute("password", word)).toBe(word);
});

it("takes out of a value what looks like a key, but leaves hashes of content", () => {
  expect(redactAttribute("policy", `"{\\"key\\":\\"${random}\\"}"`)).toBe('"{\\"key\\":\\"(secret)\\"}"');
  const hash = '"Zm9vYmFyYmF6Zm9vYmFyYmF6Zm9vYmFyYmF6MTIzNDU="';
  expect(redactAttribute("source_code_hash", hash)).toBe(hash);
});

it("takes a key id out of a policy", () => {
  const id = ["AKIA", "ABCDEFGHIJKLMNOP"].join("");
  expect(redactAttribute("policy", `"key ${id}"`)).toBe('"key (secret)"');
});
