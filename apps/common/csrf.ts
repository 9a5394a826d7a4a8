import type { FastifyInstance, FastifyRequest } from "fastify";
import { Problem } from "./problem";

const safeMethods = ["GET", "HEAD", "OPTIONS"];

/**
 * Refuses requests that another site makes a signed-in person's browser send. A browser says with every request where it
 * comes from (`Sec-Fetch-Site`, or `Origin` where it is older); a page cannot change that, and needs no token that all
 * instances would have to know. Programs send neither, and carry no one's cookies. (W3C, "Fetch Metadata Request
 * Headers"; OWASP, "Cross-Site Request Forgery Prevention".)
 */
export function refuseForgedRequests(app: FastifyInstance): void {
  app.addHook("onRequest", async (request) => {
    if (safeMethods.includes(request.method) || isOwn(request)) return;
    throw new Problem({
      status: 403,
      code: "cross-site",
      title: "Requests of other sites are refused",
      detail: "This request comes from a page of another site. Open this service's own page and send it from there.",
    });
  });
}

function isOwn({ headers }: FastifyRequest): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site === "same-origin" || site === "none";
  if (headers.origin === undefined) return true;
  if (!URL.canParse(headers.origin)) return false;
  const origin = new URL(headers.origin);
  // A proxy may leave the port out of Host.
  return origin.host === headers.host || origin.hostname === headers.host;
}
