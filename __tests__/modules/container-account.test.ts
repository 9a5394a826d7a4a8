import { containerAccount } from "../../modules/container-account";
import { jobRights } from "../../modules/job-rights";

it.each([
  ["eu-central-1", "763104351884"],
  ["us-east-1", "763104351884"],
  ["eu-central-2", "380420809688"],
  ["eu-south-1", "692866216735"],
  ["me-south-1", "217643126080"],
])("jobs in %s fetch AWS's containers from account %s", (region, account) => {
  expect(containerAccount(region)).toBe(account);
  const rights = jobRights(["training"], { ownPrefix: "test-a--", account: "111111111111", region, roleName: "role" });
  expect(rights.find(({ sid }) => sid === "FetchImages")?.resources).toEqual([
    `arn:aws:ecr:${region}:${account}:repository/*`,
  ]);
});
