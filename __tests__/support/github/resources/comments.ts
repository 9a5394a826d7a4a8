import { invalid, notFound, paged, type Resource } from "../resource";

/** Longest body that GitHub takes, in characters. */
const longest = 65_536;
const bot = { login: "github-actions[bot]", type: "Bot" };

/** GitHub REST API, "Issue comments". */
export const comments: Resource = {
  "GET /issues/:number/comments": (call, { number }, { comments: held }) =>
    paged(
      call,
      held.filter(({ issue }) => String(issue) === number),
    ),
  "POST /issues/:number/comments": ({ body }, { number }, { comments: held, nextId }) => {
    if (body.body.length > longest) return invalid("Body is too long (maximum is 65536 characters)");
    const comment = {
      id: nextId(),
      issue: Number(number),
      body: body.body,
      user: bot,
      created_at: new Date().toISOString(),
    };
    held.push(comment);
    return { status: 201, body: comment };
  },
  "PATCH /issues/comments/:id": ({ body }, { id }, { comments: held }) => {
    const found = held.find((comment) => String(comment.id) === id);
    if (!found) return notFound;
    if (body.body.length > longest) return invalid("Body is too long (maximum is 65536 characters)");
    return { body: Object.assign(found, { body: body.body }) };
  },
};
