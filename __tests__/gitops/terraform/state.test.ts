import { stateReader } from "../../../gitops/terraform/state";
import { testFolder } from "../../support/folders";

const folder = testFolder();
const own = process.env;
afterEach(() => {
  process.env = own;
});

it("says how to sign in when there are no credentials", async () => {
  const env = {
    HOME: folder,
    AWS_CONFIG_FILE: `${folder}/config`,
    AWS_SHARED_CREDENTIALS_FILE: `${folder}/credentials`,
    AWS_EC2_METADATA_DISABLED: "true",
  };
  // The SDK looks there for itself, and would find the credentials of whoever runs the test.
  process.env = env;
  const state = { bucket: "states", key: "data.tfstate", region: "eu-central-1" };
  await expect(stateReader(env)(state)).rejects.toThrow(
    "The state s3://states/data.tfstate can't be read: CredentialsProviderError: Could not load credentials from any providers. Sign in to AWS (for example: aws sso login), or use the local account with --local-account.",
  );
});
