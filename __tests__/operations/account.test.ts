import { operatedAccount } from "../../operations/account";

const root = process.cwd();
const credentials = { AWS_ACCESS_KEY_ID: "x", AWS_SECRET_ACCESS_KEY: "x", AWS_ENDPOINT_URL: "http://127.0.0.1:1" };
const before = { ...process.env };

beforeEach(() => Object.assign(process.env, credentials, { AWS_MAX_ATTEMPTS: "1" }));
afterEach(() => {
  process.env = { ...before };
});

it("says how to go on when AWS does not tell who asks", async () => {
  await expect(operatedAccount("dev", { localAccount: false, root })).rejects.toThrow(
    /^AWS does not say who you are \(.*\)\. Sign in to account \d{12}, then try again\.$/,
  );
});

it("names the environments there are", async () => {
  await expect(operatedAccount("nowhere", { localAccount: false, root })).rejects.toThrow(
    "Expected the name of an environment, but there is no environments/nowhere.yaml",
  );
});
