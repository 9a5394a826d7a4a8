import { lackedBy } from "../support/github/permissions";
import { job } from "./workflow";

const at = "/repos/image-platform/darkroom";

/** What commands ask GitHub, by the job that runs them; the end-to-end tests hold every call against the same table. */
it.each([
  ["drift.yml", "drift", "GET", "/actions/workflows/apply.yml/runs"],
  ["drift.yml", "drift", "GET", "/pulls"],
  ["drift.yml", "drift", "GET", "/issues"],
  ["drift.yml", "drift", "POST", "/issues/7/comments"],
  ["reconcile.yml", "reconcile", "GET", "/actions/workflows/apply.yml/runs"],
  ["reconcile.yml", "reconcile", "GET", "/pulls"],
  ["reconcile.yml", "reconcile", "PATCH", "/issues/7"],
  ["plan.yml", "comment", "POST", "/labels"],
  ["plan.yml", "comment", "PATCH", "/check-runs/7"],
  ["plan.yml", "comment", "GET", "/contents/.github/CODEOWNERS"],
  ["gate.yml", "gate", "GET", "/issues/7/events"],
  ["gate.yml", "gate", "GET", "/collaborators/octocat/permission"],
  ["fork-comment.yml", "comment", "GET", "/actions/artifacts/7/zip"],
  ["plan.yml", "again", "GET", "/commits/abc/check-runs"],
  ["plan.yml", "again", "PATCH", "/issues/comments/7"],
  ["reconcile.yml", "approvals", "DELETE", "/labels/approve-0123456789ab"],
  ["reconcile.yml", "approvals", "POST", "/labels"],
  ["reconcile.yml", "approvals", "GET", "/pulls"],
  ["reconcile.yml", "approvals", "GET", "/commits/abc/check-runs"],
  ["apply.yml", "stale-prod", "POST", "/actions/runs/7/cancel"],
  ["apply.yml", "stale-prod", "POST", "/actions/runs/7/rerun"],
  ["apply.yml", "stale-prod", "GET", "/pulls"],
  ["apply.yml", "stale-prod", "PATCH", "/check-runs/7"],
  ["apply.yml", "prod", "GET", "/actions/runs/7/jobs"],
  ["apply.yml", "prod", "GET", "/commits/abc/check-runs"],
  ["apply.yml", "prod", "POST", "/issues/7/assignees"],
  ["apply.yml", "prod", "POST", "/deployments"],
  ["apply.yml", "prod", "POST", "/git/refs"],
])("%s lets %s do %s %s", (file, id, method, path) => {
  expect(lackedBy(job(file, id).permissions ?? {}, `${method} ${at}${path}`)).toBeUndefined();
});

it("would find what a job lacks", () => {
  const read = { contents: "read", issues: "read" };
  expect(lackedBy(read, `GET ${at}/pulls`)).toBe("pull_requests=read");
  expect(lackedBy(read, `POST ${at}/issues`)).toBe("issues=write");
  expect(lackedBy(read, `POST ${at}/issues/7/comments`)).toBe("issues=write; pull_requests=write");
  expect(lackedBy(read, "POST /graphql")).toBe("pull_requests=write");
  expect(lackedBy(read, `GET ${at}`)).toBeUndefined();
  expect(() => lackedBy(read, `GET ${at}/stargazers`)).toThrow("Which right GET ");
});
