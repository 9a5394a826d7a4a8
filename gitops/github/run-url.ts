import type { GithubContext } from "./context";

/** Where people see the run of a workflow in which a command runs; undefined where it runs in none. */
export const runUrl = ({ serverUrl, owner, repo, run }: GithubContext): string | undefined =>
  run && `${serverUrl}/${owner}/${repo}/actions/runs/${run.id}`;
