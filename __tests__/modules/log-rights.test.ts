import { simulate } from "../../gitops/access/simulate";
import { logRights } from "../../modules/log-rights";
import { policyDocument } from "../../modules/policy";

const log = (rest: string) => `arn:aws:logs:eu-central-1:111111111111:log-group:/aws/sagemaker/${rest}`;
const may = (uses: { notebooks: boolean; jobs: boolean }, action: string, resource: string) => {
  const rights = logRights({
    ownPrefix: "test-image-analysts--",
    account: "111111111111",
    region: "eu-central-1",
    ...uses,
  });
  const request = { action: `logs:${action}`, resource: log(resource) };
  return simulate(JSON.parse(policyDocument(rights)).Statement, undefined, request).allowed;
};
const notebooks = { notebooks: true, jobs: false };
const jobs = { notebooks: false, jobs: true };
const start = "studio:log-stream:d-1/space/JupyterLab/default/LifecycleConfigOnStart";

it("write what a space's start says, where the administrator reads it, and read none of it", () => {
  expect(["CreateLogStream", "PutLogEvents"].filter((action) => may(notebooks, action, start))).toHaveLength(2);
  expect(may(notebooks, "CreateLogGroup", "studio")).toBe(true);
  expect(
    ["GetLogEvents", "FilterLogEvents", "DeleteLogStream"].filter((action) => may(notebooks, action, start)),
  ).toEqual([]);
  expect(may(jobs, "PutLogEvents", start)).toBe(false);
});

it.each([
  "TrainingJobs:log-stream:test-image-analysts--1/algo-1",
  "Endpoints/test-image-analysts--1:log-stream:AllTraffic/i-1",
])("write and read those of the group's own jobs: %s", (stream) => {
  const needed = ["CreateLogStream", "PutLogEvents", "GetLogEvents"];
  expect(needed.filter((action) => may(jobs, action, stream))).toEqual(needed);
  expect(needed.filter((action) => may(notebooks, action, stream))).toEqual([]);
  const others = stream.replace("image-analysts--", "others--");
  expect(needed.filter((action) => may(jobs, action, others))).toEqual([]);
});

it("list the names of streams, as jobs do before they write", () => {
  expect(may(jobs, "DescribeLogStreams", "TrainingJobs")).toBe(true);
  expect(may(notebooks, "DescribeLogStreams", "studio")).toBe(false);
});

it("are none for whoever starts nothing", () => {
  expect(
    logRights({ ownPrefix: "test-a--", account: "1", region: "eu-central-1", notebooks: false, jobs: false }),
  ).toEqual([]);
});
