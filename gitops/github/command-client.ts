import { type Github, githubClient } from "./client";
import { githubContext } from "./context";

/**
 * GitHub for a command: as this process's environment says, and where it waits it says so on standard error.
 * @param repository - `owner/name` where the environment says none, as on a laptop
 * @throws UserError that names every variable that is missing or of another form
 */
export const commandGithub = (repository: string | (() => string)): Github =>
  githubClient(githubContext(process.env, { repository }), {
    onWait: (message) => process.stderr.write(`${message}\n`),
  });
