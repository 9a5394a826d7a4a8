import { awsEnvironment } from "../../local/aws-environment";

test("names everything an AWS SDK, Terraform's provider and its backend look for", () => {
  expect(awsEnvironment({ endpoint: "http://127.0.0.1:4566", account: "123456789012", region: "eu-west-1" })).toEqual({
    AWS_ENDPOINT_URL: "http://127.0.0.1:4566",
    AWS_ACCESS_KEY_ID: "123456789012",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_REGION: "eu-west-1",
    AWS_DEFAULT_REGION: "eu-west-1",
    AWS_EC2_METADATA_DISABLED: "true",
  });
});
