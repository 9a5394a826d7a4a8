import { join } from "node:path";
import { missingInDirectory } from "../../../gitops/terraform/missing-in-directory";
import { testFolder, write } from "../../support/folders";

const folder = testFolder();
const lookUp = (path: string, value: string) => ({
  "//": { metadata: { path } },
  alternate_identifier: { unique_attribute: { attribute_value: value } },
});

beforeAll(() => {
  const data = {
    aws_identitystore_group: { a: lookUp("prod-identity/painters/Default", "painters") },
    aws_identitystore_user: { b_1: lookUp("prod-identity/painters/person-ann", "ann") },
  };
  write(join(folder, "cdk.tf.json"), JSON.stringify({ data }));
});

const failed = (what: string, type: string, id: string, error = `ResourceNotFoundException: ${what} not found.`) =>
  `Error: reading IdentityStore: https response error StatusCode: 400, ${error}\n\n  with data.aws_identitystore_${type}.${id},\n`;
const field = "environments/prod.yaml: analytics.groups[painters]";

it("names each group and person that was looked up in vain, and the setting that names them", () => {
  expect(missingInDirectory(`${failed("GROUP", "group", "a")}${failed("USER", "user", "b_1")}`, folder)).toEqual([
    `${field}.name: expected a group of IAM Identity Center, as groupsOwner is identity-provider, but it has no group painters. Have the provider send it, or write the name that it has there.`,
    `${field}.people: expected user names of IAM Identity Center, but it has no user ann. Have the person added there, or write the name that they have there.`,
  ]);
});

it.each([
  ["another fault of a look-up", failed("GROUP", "group", "a", "AccessDeniedException: no."), folder],
  ["a look-up that the configuration does not have", failed("GROUP", "group", "z"), folder],
  ["a stack without a configuration", failed("GROUP", "group", "a"), join(folder, "elsewhere")],
])("says nothing of %s", (_, output, where) => {
  expect(missingInDirectory(output, where)).toEqual([]);
});
