import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance } from "fastify";
import { Problem } from "./problem";

/**
 * Limits the requests of one caller a minute: of a person where somebody is signed in, else of an address. Counted in each
 * instance for itself. A route with `config: { rateLimit: false }` is not counted.
 */
export async function limitRate(app: FastifyInstance, perMinute: number): Promise<void> {
  await app.register(rateLimit, {
    max: perMinute,
    timeWindow: 60_000,
    // After the identity is known.
    hook: "preParsing",
    // An attacker with many addresses shall not fill the memory.
    cache: 10_000,
    keyGenerator: ({ identity, ip }) => (identity === undefined ? ip : `person ${identity.subject}`),
    addHeaders: { "x-ratelimit-limit": false, "x-ratelimit-remaining": false, "x-ratelimit-reset": false },
    addHeadersOnExceeding: { "x-ratelimit-limit": false, "x-ratelimit-remaining": false, "x-ratelimit-reset": false },
    errorResponseBuilder: (_request, { max, ttl }) =>
      new Problem({
        status: 429,
        code: "too-many-requests",
        title: "Too many requests",
        detail: `More than ${max} requests a minute. Wait and send it again.`,
        retryAfterSeconds: Math.max(1, Math.ceil(ttl / 1000)),
      }),
  });
}
