import type { FastifyError, FastifyInstance, FastifyReply } from "fastify";
import { Problem } from "./problem";

/** Kinds of refusals that Fastify itself makes, by status. */
const kinds: Readonly<Record<number, readonly [code: string, title: string]>> = {
  400: ["bad-request", "The request is not as described"],
  404: ["not-found", "There is nothing here"],
  405: ["method-not-allowed", "This method is not offered here"],
  408: ["too-slow", "The request took too long"],
  413: ["too-large", "The request is too large"],
  414: ["uri-too-long", "The address is too long"],
  415: ["unsupported-type", "The request's type is not accepted"],
  429: ["too-many-requests", "Too many requests"],
  503: ["unavailable", "The service is not available now"],
};

/** Makes every refusal and failure a problem (RFC 9457). What went wrong inside is logged and not told to strangers. */
export function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError | Problem>((error, request, reply) => {
    const problem = problemOf(error);
    if (problem.props.status >= 500) request.log.error({ err: error }, "request failed");
    else request.log.info({ problem: problem.body.type, detail: problem.message }, "request refused");
    return sendProblem(reply, problem);
  });
  app.setNotFoundHandler((request, reply) => {
    const detail = `There is no ${request.method} ${request.url.split("?")[0]}.`;
    return sendProblem(reply, new Problem({ status: 404, code: "not-found", title: "There is nothing here", detail }));
  });
}

/** Answers with a problem. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  const { status, retryAfterSeconds } = problem.props;
  if (retryAfterSeconds !== undefined) reply.header("retry-after", String(retryAfterSeconds));
  // By its own serializer: a route's schema may describe fewer members than the problem has.
  return reply.code(status).type("application/problem+json").serializer(String).send(JSON.stringify(problem.body));
}

function problemOf(error: FastifyError | Problem): Problem {
  if (error instanceof Problem) return error;
  const status = error.statusCode ?? 500;
  if (status >= 500 && status !== 503) {
    const detail = "Something went wrong here. It is in the service's log; try again later.";
    return new Problem({ status: 500, code: "internal", title: "The service failed", detail }, { cause: error });
  }
  const [code, title] = kinds[status] ?? ["refused", "The request was refused"];
  return new Problem({ status, code, title, detail: error.message }, { cause: error });
}
