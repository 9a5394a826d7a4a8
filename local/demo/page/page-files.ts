import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";

/** What both local pages have; base.css is that of the web apps. */
const shared = [
  join(__dirname, "../../../apps/common/page/base.css"),
  join(__dirname, "style.css"),
  join(__dirname, "pictures.css"),
  join(__dirname, "icon.svg"),
];

const types: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
};

/** Serves the files of a local page, each under its name. @param own - paths of those that this page has beside the shared ones */
export function servePageFiles(server: FastifyInstance, own: readonly string[]): void {
  for (const file of [...shared, ...own]) {
    const name = file.slice(file.lastIndexOf("/") + 1);
    const type = types[name.slice(name.lastIndexOf(".") + 1)] ?? "application/octet-stream";
    server.get(`/${name}`, async (_, reply) => reply.type(type).send(readFileSync(file)));
  }
}
