import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readReport } from "../../../gitops/policy/report";
import { copyStacks } from "../../../gitops/policy/stack-copies";
import { testFolder, write } from "../../support/folders";

const folder = testFolder();
const stack = (name: string, content: object) => {
  write(join(folder, name, "cdk.tf.json"), JSON.stringify(content));
  return { name, environment: "prod", layer: name, folder: join(folder, name), dependencies: [] };
};
const logs = { "//": { metadata: { path: "prod-data/logs/Default" } }, bucket: "logs" };
const copies = copyStacks(
  [
    stack("prod-data", { "//": {}, terraform: { required_version: ">= 1" }, resource: { aws_s3_bucket: { logs } } }),
    stack("prod-empty", { terraform: {} }),
  ],
  join(folder, "copies"),
);
const check = {
  check_id: "CKV_AWS_18",
  check_name: "Ensure logging",
  resource: "aws_s3_bucket.logs",
  file_path: "/prod-data/cdk.tf.json",
};
const report = (failed: object[], passed: object[], errors = 0) =>
  JSON.stringify({
    results: { failed_checks: failed, passed_checks: passed },
    summary: { parsing_errors: errors },
  });

it("gives checkov what it can read, and leaves out stacks of nothing", () => {
  expect(copies.map((copy) => copy.stack)).toEqual(["prod-data"]);
  expect(JSON.parse(readFileSync(join(folder, "copies/prod-data/cdk.tf.json"), "utf8"))).toEqual({
    resource: { aws_s3_bucket: { logs } },
    data: {},
  });
});

it("names stack, construct and rule", () => {
  const found = { stack: "prod-data", path: "prod-data/logs/Default", rule: "CKV_AWS_18", wants: "Ensure logging" };
  expect(readReport(report([check], [check, check]), copies)).toEqual({
    passed: 2,
    findings: [{ ...found, address: "aws_s3_bucket.logs" }],
  });
});

it("takes a report of nothing, of unread stacks or of some stacks for a fault", () => {
  const nothing = "checkov has checked nothing: its report names no resource.";
  expect(() => readReport('{"passed": 0, "failed": 0}', copies)).toThrow(nothing);
  expect(() => readReport("Traceback", copies)).toThrow(nothing);
  expect(() => readReport(report([], [check], 1), copies)).toThrow("checkov could not read 1 of 1 stacks.");
  expect(() => readReport(report([], []), copies)).toThrow("checkov has checked nothing of prod-data.");
  expect(() => readReport(report([], []), [])).toThrow("there is none with a resource");
});
