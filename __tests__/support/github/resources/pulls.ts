import { notFound, paged, type Resource } from "../resource";

/** GitHub REST API, "Pull requests". */
export const pulls: Resource = {
  "GET /pulls": (call, _parameters, { pulls: held }) => {
    const state = call.query.get("state") ?? "open";
    return paged(
      call,
      held.filter((pull) => state === "all" || pull.state === state),
    );
  },
  "GET /pulls/:number": (_call, { number }, { pulls: held }) => {
    const found = held.find((pull) => String(pull.number) === number);
    return found ? { body: found } : notFound;
  },
};
