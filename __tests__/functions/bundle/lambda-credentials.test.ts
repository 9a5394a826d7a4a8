import { defaultProvider } from "../../../functions/bundle/lambda-credentials";

const before = { ...process.env };

afterEach(() => {
  process.env = { ...before };
});

const keys = { AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "s" };

it("gives the keys that Lambda sets, as they are at the moment", async () => {
  const credentials = defaultProvider();
  process.env = { ...keys, AWS_SESSION_TOKEN: "t" };
  expect(await credentials()).toEqual({ accessKeyId: "a", secretAccessKey: "s", sessionToken: "t" });
  process.env = { ...keys };
  expect(await credentials()).toEqual({ accessKeyId: "a", secretAccessKey: "s" });
});

it("says what is missing", async () => {
  process.env = { AWS_ACCESS_KEY_ID: "a" };
  await expect(defaultProvider()()).rejects.toThrow(
    "Expected AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, which Lambda sets, but they are not there: this code runs in Lambda only.",
  );
});
