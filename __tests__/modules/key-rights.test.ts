import { simulate } from "../../gitops/access/simulate";
import { keyRights } from "../../modules/key-rights";
import { policyDocument } from "../../modules/policy";

const key = "arn:aws:kms:eu-central-1:111111111111:key/1";
const none = { notebooks: false, jobs: false, data: false };
const may = (uses: Partial<typeof none>, action: string, keys: Record<string, string> = {}) =>
  simulate(JSON.parse(policyDocument(keyRights({ kmsKeyArn: key, ...none, ...uses }))).Statement, undefined, {
    action: `kms:${action}`,
    resource: key,
    keys,
  }).allowed;
const actions = (uses: Partial<typeof none>, byAws = true) =>
  ["CreateGrant", "Decrypt", "DescribeKey", "Encrypt", "GenerateDataKey", "PutKeyPolicy", "RevokeGrant"].filter(
    (action) => may(uses, action, byAws ? { "kms:GrantIsForAWSResource": "true" } : {}),
  );

it("lend the key on for the disk of a space, without which no notebook starts", () => {
  expect(actions({ notebooks: true })).toEqual(["CreateGrant", "DescribeKey"]);
});

it("read data, and encrypt what jobs make and their disks", () => {
  expect(actions({ data: true })).toEqual(["Decrypt", "GenerateDataKey"]);
  expect(actions({ jobs: true })).toEqual(["CreateGrant", "Decrypt", "Encrypt", "GenerateDataKey"]);
});

it("lend the key to AWS's services alone, and to nobody where nothing is started", () => {
  expect(actions({ notebooks: true, jobs: true, data: true }, false)).not.toContain("CreateGrant");
  expect(keyRights({ kmsKeyArn: key, ...none })).toEqual([]);
});
