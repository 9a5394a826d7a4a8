import { z } from "zod";
import { listOf, text, wholeNumber } from "./common";

/** Ids of GitHub are JSON numbers. */
const id = () => wholeNumber(1, Number.MAX_SAFE_INTEGER, "GitHub's count");

/** Where the code is, and who lets it into the environment's account. */
export const githubSettings = z
  .strictObject({
    // Without * and ?, so that no setting can widen whom the roles trust (GitHub: "Repository names"; owners have 39 characters).
    repository: text(
      /^[A-Za-z0-9](-?[A-Za-z0-9]){0,38}\/[A-Za-z0-9._-]{1,100}$/,
      "a repository as owner/name, for example image-platform/darkroom",
    ).describe("GitHub repository, owner/name, whose workflows plan and apply this environment."),
    ownerId: id()
      .optional()
      .describe("GitHub's number of the owner; with repositoryId, where GitHub puts both into its tokens."),
    repositoryId: id().optional().describe("GitHub's number of the repository; with ownerId."),
    oidcProvider: z
      .enum(["create", "exists"], { error: "create or exists" })
      .describe("create: this environment makes the account's GitHub provider. exists: the account has one already."),
    approvers: listOf(
      text(
        /^[A-Za-z0-9](-?[A-Za-z0-9]){0,38}(\/[a-z0-9._-]{1,100})?$/,
        "a GitHub user, or a team as organisation/team",
      ),
      "a list of GitHub users and teams",
    )
      // GitHub REST API, "Create or update an environment": up to six users or teams.
      .max(6, { error: "at most 6 users and teams" })
      .describe("Users and teams of whom one lets an apply go on, at most 6; prod has one at least."),
  })
  .describe("The repository on GitHub that plans and applies this environment.");
