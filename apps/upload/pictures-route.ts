import type { FastifyInstance } from "fastify";
import { Problem } from "../common/problem";
import { type BucketPictures, isCursor, isRenditionKey } from "./bucket-pictures";

const pageSize = 24;

/** Seconds that a browser may keep a redirect before what it leads to can end. */
const keptSeconds = (signedSeconds: number): number => Math.floor(signedSeconds / 2);

/** `GET /pictures`: a page of the gallery. `GET /pictures/images/…`: sends on to S3, with a URL signed at that moment. */
export function addPicturesRoute(app: FastifyInstance, pictures: BucketPictures, signedSeconds: number): void {
  app.get<{ Querystring: { readonly after?: string } }>(
    "/pictures",
    { schema: { querystring: { type: "object", properties: { after: { type: "string", maxLength: 200 } } } } },
    async ({ query: { after } }, reply) => {
      if (after !== undefined && !isCursor(after)) {
        const detail = `after: expected what an earlier page gave as next, but got ${JSON.stringify(after)}.`;
        throw new Problem({ status: 400, code: "bad-request", title: "The request is not as described", detail });
      }
      reply.header("cache-control", "no-store");
      return pictures.page(pageSize, after);
    },
  );
  // A page has many pictures, and signing is this computer's own work: not counted in the limit of requests.
  app.get<{ Params: { readonly "*": string } }>(
    "/pictures/*",
    { config: { rateLimit: false } },
    async ({ params }, reply) => {
      const key = params["*"];
      if (!isRenditionKey(key)) {
        const detail = "There is no such picture.";
        throw new Problem({ status: 404, code: "not-found", title: "There is nothing here", detail });
      }
      reply.header("cache-control", `private, max-age=${keptSeconds(signedSeconds)}`);
      return reply.redirect(await pictures.url(key), 302);
    },
  );
}
