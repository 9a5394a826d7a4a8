import { rule } from "./rule";

/** GitHub's tokens name both numbers or none (GitHub Docs, "OpenID Connect", immutable subject claims). */
export const githubIds = rule(["github"], function* ({ github: { ownerId, repositoryId } }) {
  if ((ownerId === undefined) === (repositoryId === undefined)) return;
  const [missing, there] = ownerId === undefined ? ["ownerId", "repositoryId"] : ["repositoryId", "ownerId"];
  const toDo = `Write ${missing} too, or leave ${there} out; npm run repository -- --dry-run shows both.`;
  yield { path: ["github", missing], expected: `GitHub's number beside ${there}`, toDo };
});
