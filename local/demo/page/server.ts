import { join } from "node:path";
import fastify, { type FastifyInstance } from "fastify";
import { prefixes } from "../../../functions/common/layout";
import { galleryView, imageView } from "./gallery-view";
import { html } from "./html";
import { layout } from "./layout";
import { serveMedia } from "./media";
import type { PageData } from "./page-data";
import { servePageFiles } from "./page-files";
import { newestPart } from "./paging";
import { planNames, readPlan } from "./plans";
import { featuresKeyOf, type ImageAddress, readImages } from "./processed-image";
import { quarantineView } from "./quarantine-view";
import { readRefused } from "./refused-images";
import { runView } from "./run-view";
import { secure } from "./security";

/** The local page. It reads everything anew at each request, so that what Terraform changes shows on reload. */
export function pageServer(data: PageData): FastifyInstance {
  const { store, buckets } = data;
  const server = fastify({ forceCloseConnections: true });
  secure(server);
  serveMedia(server, data);

  servePageFiles(server, [join(__dirname, "page.js")]);

  server.get("/", async (_, reply) => {
    const [schedule, plans] = await Promise.all([data.schedule(), planNames(data.plansFolder)]);
    const { status: batch } = data.batch;
    return page(reply, runView({ report: data.report(), schedule, batch, plans, credits: data.credits }));
  });
  // The form has no fields; what else comes with it is not read.
  server.addContentTypeParser("application/x-www-form-urlencoded", (_request, _body, done) => done(null));
  server.post("/batch", async (_, reply) => {
    data.batch.start();
    return reply.redirect("/", 303);
  });
  server.get("/report.json", async () => data.report());

  server.get<{ Querystring: { page?: unknown } }>("/images", async ({ query }, reply) => {
    const part = newestPart(await store.list(buckets.processed, prefixes.features), query.page);
    return page(reply, galleryView(await readImages(store, buckets, part.items), part.page, part.pages, part.total));
  });
  server.get<{ Params: ImageAddress }>("/images/:day/:file", async ({ params }, reply) => {
    const key = featuresKeyOf(params);
    const found = key === undefined ? [] : (await store.list(buckets.processed, key)).filter((one) => one.key === key);
    const [image] = await readImages(store, buckets, found);
    return image === undefined ? reply.callNotFound() : page(reply, imageView(image));
  });

  server.get<{ Querystring: { page?: unknown } }>("/quarantine", async ({ query }, reply) => {
    const { items, part } = await readRefused(store, buckets.quarantine, query.page);
    return page(reply, quarantineView(items, part.page, part.pages, part.total));
  });
  server.get<{ Params: { name: string } }>("/plans/:name", async ({ params }, reply) => {
    const text = await readPlan(data.plansFolder, params.name);
    return text === undefined ? reply.callNotFound() : reply.type("text/plain; charset=utf-8").send(text);
  });

  server.setNotFoundHandler((_, reply) =>
    page(
      reply.code(404),
      layout("Not here", "run", html`<p>Nothing lies at this address; perhaps S3 has removed it.</p>`),
    ),
  );
  server.setErrorHandler((error, _, reply) => {
    const cause = error instanceof Error ? error.message : String(error);
    return page(reply.code(500), layout("The account did not answer", "run", html`<p>${cause}</p>`));
  });
  return server;
}

const page = <R extends { type(type: string): { send(text: string): R } }>(reply: R, text: string): R =>
  reply.type("text/html; charset=utf-8").send(text);
