/** What a POST sent, and where to. */
export interface SentPost {
  /** `/repos/o/r/issues/7/comments`, after the API's address. */
  readonly path: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Something of GitHub's, in a list of such. */
type Made = Readonly<Record<string, unknown>>;

interface Kind {
  /** Path of what makes one, which is also that of the list. */
  readonly path: RegExp;
  /** Of the list: so that what was made last comes first, or is all there is. */
  readonly query: (fields: SentPost["fields"], since: string) => Readonly<Record<string, string>>;
  /** Fields that are as they were sent. */
  readonly same: readonly string[];
}

const kinds: readonly Kind[] = [
  { path: /\/issues\/\d+\/comments$/, query: (_, since) => ({ since }), same: ["body"] },
  {
    path: /\/issues$/,
    query: (_, since) => ({ since, state: "all", sort: "created", direction: "desc" }),
    same: ["title", "body"],
  },
  {
    path: /\/deployments$/,
    query: ({ environment, task }) => ({ environment: String(environment), task: String(task) }),
    same: ["description", "environment", "task"],
  },
];

/** GitHub's clock is not ours. */
const skewMilliseconds = 2 * 60_000;

/**
 * GitHub may carry a POST out and answer 502 all the same. Made again, it would leave a second comment, issue or deployment; so what
 * it would have made is looked for first. (Pull requests, branches and labels it refuses to make twice by itself.)
 * @param begun - when it was sent first, in milliseconds since 1970
 * @param list - asks GitHub for a list
 * @returns what was made; nothing when it was not, or when another one would do no harm
 */
export async function alreadyMade(
  { path, fields }: SentPost,
  begun: number,
  list: (path: string, query: Readonly<Record<string, string>>) => Promise<unknown>,
): Promise<Made | undefined> {
  const kind = kinds.find((each) => each.path.test(path));
  if (kind === undefined) return undefined;
  const from = begun - skewMilliseconds;
  const found = await list(path, { per_page: "100", ...kind.query(fields, new Date(from).toISOString()) });
  return (Array.isArray(found) ? (found as Made[]) : []).find(
    (made) =>
      kind.same.every((name) => made[name] === fields[name]) && Date.parse(String(made.created_at ?? "")) >= from,
  );
}
