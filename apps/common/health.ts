import type { FastifyInstance } from "fastify";
import { Problem } from "./problem";

const seen = { open: true, rateLimit: false } as const;

/**
 * `/health`: the process answers; what a load balancer asks. `/ready`: it can do its work now; what a deployment waits for.
 * The load balancer must not ask the latter: while a service behind fails, it would take every instance away.
 * @param whyNotReady - undefined when ready, else what is missing, for the operator.
 */
export function addHealth(
  app: FastifyInstance,
  whyNotReady: () => string | undefined | Promise<string | undefined>,
): void {
  const ok = {
    type: "object",
    required: ["status"],
    properties: { status: { type: "string", enum: ["ok"] } },
  } as const;
  const problem = {
    description: "Not ready.",
    content: { "application/problem+json": { schema: { $ref: "Problem#" } } },
  };
  app.get(
    "/health",
    { config: seen, schema: { summary: "Whether the process answers", tags: ["health"], response: { 200: ok } } },
    async () => ({ status: "ok" }),
  );
  app.get(
    "/ready",
    {
      config: seen,
      schema: {
        summary: "Whether the service can do its work now",
        tags: ["health"],
        response: { 200: ok, 503: problem },
      },
    },
    async () => {
      const why = await whyNotReady();
      if (why === undefined) return { status: "ok" };
      throw new Problem({ status: 503, code: "not-ready", title: "Not ready", detail: why, retryAfterSeconds: 5 });
    },
  );
}
