import type { Github } from "../github/client";

/** Who let this run go on to the environment; nobody where nobody was asked. */
export async function approversOf({ rest, at, context }: Github, environment: string): Promise<string[]> {
  if (context.run === undefined) return [];
  const { data } = await rest.actions.getReviewsForRun({ ...at, run_id: context.run.id });
  const names = data
    .filter(({ state, environments }) => state === "approved" && environments.some(({ name }) => name === environment))
    .flatMap(({ user }) => user?.login ?? []);
  return [...new Set(names)].sort();
}
