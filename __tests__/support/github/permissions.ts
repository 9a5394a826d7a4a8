/** What a workflow's job grants its token: `permissions` as they stand there. */
export type Permissions = Readonly<Record<string, string>>;

/**
 * One of these rights is enough (GitHub Docs, "Permissions required for fine-grained personal access tokens": the same as for the tokens of
 * apps, of which a job's is one). An empty list: every token may.
 */
const needed: readonly (readonly [call: RegExp, rights: readonly string[]])[] = [
  [/^\w+ \/$/, []],
  [/^GET \/collaborators\//, []],
  // Where artifacts lie, which GitHub sends to by an address that opens by itself.
  [/^GET \/bytes\//, []],
  [/^\w+ \/actions\//, ["actions"]],
  [/^\w+ (\/check-runs|\/commits\/\w+\/check-runs)/, ["checks"]],
  [/^\w+ \/(contents|git)\//, ["contents"]],
  [/^\w+ \/deployments/, ["deployments"]],
  [/^GET \/commits\/\w+\/pulls$/, ["pull-requests"]],
  [/^\w+ \/pulls/, ["pull-requests"]],
  [/^\w+ graphql$/, ["pull-requests"]],
  [/^\w+ \/issues$/, ["issues"]],
  // A pull request is an issue, too.
  [/^\w+ \/(issues\/|labels)/, ["issues", "pull-requests"]],
];

/**
 * What a token lacks for a call, as GitHub names it in `x-accepted-github-permissions`; nothing when it may.
 * @param line - `METHOD /path`
 * @throws Error for a call of which nothing is known here
 */
export function lackedBy(permissions: Permissions, line: string): string | undefined {
  const call = line
    .replace(/\/repos\/[^/]+\/[^/]+/, "")
    .replace(/ \/graphql$/, " graphql")
    .replace(/ $/, " /");
  const found = needed.find(([pattern]) => pattern.test(call));
  if (!found) throw new Error(`Which right ${line} needs is not known here.`);
  const [, rights] = found;
  const access = call.startsWith("GET ") ? "read" : "write";
  const held = rights.some((right) => permissions[right] === "write" || permissions[right] === access);
  return rights.length === 0 || held
    ? undefined
    : rights.map((right) => `${right.replace("-", "_")}=${access}`).join("; ");
}
