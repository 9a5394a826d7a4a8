import type { FastifyInstance, FastifyRequest } from "fastify";

const policy = [
  "default-src 'none'",
  "img-src 'self'",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

/** What a browser may do with the bytes of strangers: show them, nothing else. */
export const filePolicy = "default-src 'none'; sandbox";

/**
 * Headers on every reply, and an answer for requests by an address of this computer only: a site that points its own
 * name at 127.0.0.1 (DNS rebinding) is turned away.
 */
export function secure(server: FastifyInstance): void {
  server.addHook("onRequest", async (request, reply) => {
    reply.headers({
      "content-security-policy": policy,
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "cache-control": "no-store",
    });
    if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(request.headers.host ?? "")) {
      return reply
        .code(403)
        .type("text/plain; charset=utf-8")
        .send("Only for this computer: open the page by its address 127.0.0.1.");
    }
    if (request.method !== "GET" && request.method !== "HEAD" && !isOwn(request)) {
      return reply.code(403).type("text/plain; charset=utf-8").send("Only the page itself may ask for this.");
    }
  });
}

/** A browser says with every request which site it comes from. Programs say nothing of the kind. */
const isOwn = ({ headers }: FastifyRequest): boolean => {
  const site = headers["sec-fetch-site"];
  return site === undefined ? headers.origin === undefined : site === "same-origin";
};
