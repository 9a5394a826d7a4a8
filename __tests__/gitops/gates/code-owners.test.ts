import { ownersOf } from "../../../gitops/gates/code-owners";
import { ownedBy } from "../../../gitops/gates/owner-pattern";

// The examples of GitHub Docs, "About code owners", among others.
it.each([
  ["*", "a/b.js", true],
  ["*.js", "a/b.js", true],
  ["*.js", "a/b.ts", false],
  ["/build/logs/", "build/logs/x/y", true],
  ["/build/logs/", "a/build/logs/x", false],
  ["docs/*", "docs/getting-started.md", true],
  ["docs/*", "docs/build-app/troubleshooting.md", false],
  ["apps/", "a/apps/b", true],
  ["apps/", "apps", false],
  ["/docs/", "docs/a/b", true],
  ["/apps/github", "apps/github/a", true],
  ["**/logs", "deeply/nested/logs/a", true],
  ["**/logs", "logs/a", true],
  ["environments/*.yaml", "environments/prod.yaml", true],
  ["environments/prod.*", "environments/prod.yaml", true],
  ["/environments/**", "environments/prod.yaml", true],
  ["environments/p?od.yaml", "environments/prod.yaml", true],
  ["/env", "environments/prod.yaml", false],
  ["environments/prodXyaml", "environments/prod.yaml", false],
  ["prod.yaml", "environments/prod.yaml", true],
])("a rule for %s and the file %s: %s", (pattern, path, fits) => {
  expect(ownedBy(pattern, path)).toBe(fits);
});

it("lets nobody but the owners of the last rule that fits pass what is held, however the rule is written", () => {
  const text = "* @everybody\n/environments/*.yaml @administrators # who decides\n/environments/readme.md @writers\n";
  expect(ownersOf(text, "environments/prod.yaml")).toEqual(["@administrators"]);
  expect(ownersOf("* @everybody\n/env @strangers\n", "environments/prod.yaml")).toEqual(["@everybody"]);
  expect(ownersOf("* @everybody\n/environments/\n", "environments/prod.yaml")).toEqual([]);
});
