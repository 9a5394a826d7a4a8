import { loadEnvironments } from "../../../environments/load";
import { type Github, githubClient } from "../../github/client";
import { githubContext } from "../../github/context";
import { setUpRepository } from "../../repository/set-up-repository";
import { wantedOf } from "../../repository/wanted";
import { messageOf, UserError } from "../../user-error";
import type { GeneralCheck } from "../check";
import { type Finding, fault, ok, unchecked } from "../finding";

/** The repository's settings on GitHub, against what `npm run repository` would make. */
export const githubSettings: GeneralCheck = {
  title: "GitHub",
  look: async ({ env }): Promise<readonly Finding[]> => {
    if (!env.GITHUB_TOKEN) {
      return [
        unchecked("the repository's settings are not looked at: there is no GITHUB_TOKEN", "export GITHUB_TOKEN"),
      ];
    }
    try {
      const wanted = wantedOf(loadEnvironments());
      const { GITHUB_REPOSITORY: _, ...rest } = env;
      const github = githubClient(githubContext(rest, { repository: wanted.repository }));
      const { changes } = await setUpRepository(github, wanted, { dryRun: true });
      const differing = changes.map((words) => fault(`${wanted.repository}: ${words}`, "npm run repository"));
      const findings = [...differing, ...(await sleepingWorkflows(github))];
      return findings.length > 0 ? findings : [ok(`${wanted.repository} is set up as the environment files say`)];
    } catch (error) {
      // Faulty settings are told by their own check.
      if (error instanceof Error && error.name === "SettingsError") {
        return [unchecked("the repository's settings are not looked at: the environment files have faults")];
      }
      if (!(error instanceof UserError)) throw error;
      return [fault(messageOf(error), "npm run repository -- --dry-run")];
    }
  },
};

/**
 * Workflows that GitHub does not run. It puts those with a schedule to sleep where nobody has committed for 60 days (GitHub Docs,
 * "Events that trigger workflows", schedule), and then nothing is red: neither drift nor a lost merge is told.
 */
async function sleepingWorkflows({ rest, paginate, at }: Github): Promise<Finding[]> {
  const workflows = await paginate(rest.actions.listRepoWorkflows, { ...at, per_page: 100 });
  return workflows
    .filter(({ path, state }) => path.startsWith(".github/workflows/") && state !== "active" && state !== "deleted")
    .map(({ name, path, state }) =>
      fault(
        `GitHub does not run the workflow ${name} (${path}: ${state})`,
        `gh workflow enable ${path.split("/").at(-1)}`,
      ),
    );
}
