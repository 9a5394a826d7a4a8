import type { Run } from "../repository";
import { notFound, paged, type Resource } from "../resource";

const shown = ({ jobs: _, ...run }: Run) => ({
  run_attempt: 1,
  ...run,
  html_url: `https://github.test/image-platform/darkroom/actions/runs/${run.id}`,
});

/** GitHub REST API, "Workflow runs", "Workflow jobs" and "Artifacts". */
export const runs: Resource = {
  "GET /actions/workflows/:file/runs": (call, { file }, { runs: held }) => {
    const since = call.query.get("created")?.replace(/^>=/, "") ?? "";
    const found = held.filter(
      (run) =>
        run.path.endsWith(`/${file}`) &&
        run.event === (call.query.get("event") ?? run.event) &&
        run.status === (call.query.get("status") ?? run.status) &&
        run.created_at >= since,
    );
    const newestFirst = [...found].sort((one, other) => other.created_at.localeCompare(one.created_at));
    return paged(call, newestFirst.map(shown), (page) => ({
      total_count: found.length,
      workflow_runs: page,
    }));
  },
  "GET /actions/workflows": (call, _parameters, { workflows }) =>
    paged(call, workflows, (page) => ({ total_count: workflows.length, workflows: page })),
  "GET /actions/runs/:id": (_call, { id }, { runs: held }) => {
    const found = held.find((run) => String(run.id) === id);
    return found ? { body: shown(found) } : notFound;
  },
  // Those that wait for another job are not there yet.
  "GET /actions/runs/:id/jobs": (call, { id }, { runs: held }) => {
    const found = held.find((run) => String(run.id) === id);
    const { jobs = [] } = found ?? {};
    return found ? paged(call, jobs, (page) => ({ total_count: jobs.length, jobs: page })) : notFound;
  },
  "POST /actions/runs/:id/rerun": (_call, { id }, { runs: held }) => {
    const found = held.find((run) => String(run.id) === id);
    if (!found) return notFound;
    if (found.status !== "completed") {
      return { status: 403, body: { message: "This workflow is already running" } };
    }
    Object.assign(found, { status: "queued", conclusion: null, run_attempt: (found.run_attempt ?? 1) + 1 });
    return { status: 201, body: {} };
  },
  // What is told to end takes a moment.
  "POST /actions/runs/:id/cancel": (_call, { id }, { runs: held }) => {
    const found = held.find((run) => String(run.id) === id);
    if (!found) return notFound;
    if (found.status === "completed") {
      return { status: 409, body: { message: "Cannot cancel a workflow run that is completed." } };
    }
    Object.assign(found, { status: "cancelling" });
    return { status: 202, body: {} };
  },
  "GET /actions/runs/:id/approvals": (_call, { id }, { runs: held }) => {
    const found = held.find((run) => String(run.id) === id);
    return found ? { body: found.approvals ?? [] } : notFound;
  },
  "GET /actions/runs/:id/artifacts": (call, { id }, { runs: held }) => {
    const artifacts = held.find((run) => String(run.id) === id)?.artifacts ?? [];
    const shown = artifacts.map(({ zip, expired = false, ...rest }) => ({
      ...rest,
      expired,
      size_in_bytes: zip.length,
    }));
    return paged(call, shown, (page) => ({ total_count: shown.length, artifacts: page }));
  },
  "GET /actions/artifacts/:id/zip": (_call, { id }) => ({
    status: 302,
    headers: { location: `http://{host}/repos/image-platform/darkroom/bytes/${id}` },
  }),
  "GET /bytes/:id": (_call, { id }, { runs: held }) => {
    const found = held.flatMap(({ artifacts }) => artifacts).find((artifact) => String(artifact.id) === id);
    return found ? { body: found.zip } : notFound;
  },
};
