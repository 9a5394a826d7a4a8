import { paged, type Resource } from "../resource";

/** GitHub REST API, "Issue events". */
export const events: Resource = {
  "GET /issues/:number/events": (call, { number }, { events: held }) =>
    paged(
      call,
      held.filter(({ issue }) => String(issue) === number),
    ),
};
