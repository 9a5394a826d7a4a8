import type { Environment } from "../../environments/schema";
import { planCheckName } from "../review/seen-run";
import { localEnvironment } from "../target";
import { UserError } from "../user-error";

/** The branch from which everything is applied. */
export const mainBranch = "main";

/** Checks without which nothing is merged: the last jobs of check.yml and plan.yml, and what the commands say. */
export const requiredChecks = (environments: readonly string[]): string[] => [
  "check",
  "plan",
  "gate",
  ...environments.map(planCheckName),
];

/** GitHub Actions' own number: another app, or a person's token, can't pass a check in its name. */
export const actionsAppId = 15368;

/** Actions of others than GitHub that the workflows use; GitHub refuses all that are not pinned to a commit. */
export const allowedActions = ["aws-actions/configure-aws-credentials@*", "hashicorp/setup-terraform@*"];

/** A label that the commands and people use. */
export interface Label {
  readonly name: string;
  /** Six hex digits. */
  readonly color: string;
  readonly description: string;
}

/** Labels by which commands find their own issues and pull requests again; approving ones are made as they are needed. */
export const labels = {
  drift: { name: "drift", color: "d93f0b", description: "AWS differs from what main says" },
  followUp: { name: "follow-up", color: "fbca04", description: "Shows what a merge has left to apply" },
  unapplied: { name: "unapplied-merge", color: "b60205", description: "A merge on main without a record of its apply" },
} as const satisfies Readonly<Record<string, Label>>;

/** The environments that the workflows plan and apply, and the repository that all of them name. */
export interface Wanted {
  /** `owner/name` */
  readonly repository: string;
  readonly environments: readonly Environment[];
}

/** @throws UserError when the files name more than one repository */
export function wantedOf(all: readonly Environment[]): Wanted {
  const environments = all.filter(({ name }) => name !== localEnvironment);
  const names = [...new Set(environments.map(({ github }) => github.repository))];
  if (names.length !== 1) {
    const told = environments.map(({ name, github }) => `${name}: ${github.repository}`).join("; ");
    throw new UserError(`github.repository: expected the same repository in every environment, but got ${told}.`);
  }
  return { repository: names[0] ?? "", environments };
}
