import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";

/** Files both pages use. In a bundle all pages' files lie in one folder `page` beside the code. */
const commonFiles = join(__dirname, "page");

/**
 * Serves the files of a page, `index.html` at `/`. Browsers keep them and ask each time whether they are still the same, so
 * that a new version is seen at once.
 * @param folder - absolute path of the page's own files.
 */
export async function addPage(app: FastifyInstance, folder: string): Promise<void> {
  const root = [...new Set([folder, commonFiles])].filter((path) => existsSync(path));
  await app.register(fastifyStatic, { root, prefix: "/", cacheControl: false, etag: true, lastModified: false });
  app.addHook("onSend", async (_request, reply, payload) => {
    if (!reply.hasHeader("cache-control")) reply.header("cache-control", "no-cache");
    return payload;
  });
}
