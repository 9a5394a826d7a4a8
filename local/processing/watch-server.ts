import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fastify, { type FastifyInstance, type FastifyReply } from "fastify";
import { servePageFiles } from "../demo/page/page-files";
import { browserType } from "../demo/page/picture-block";
import { filePolicy, secure } from "../demo/page/security";
import type { Progress } from "./progress";
import { formatOfName, watchView } from "./watch-view";

/** Longest wait before browsers are told of a change; a run over small images changes often. */
const TELL_MILLISECONDS = 200;

/** The local page of the watch. It sends nothing but the images of the folder and what was made of them. */
export function watchServer(images: string, progress: Progress): FastifyInstance {
  const server = fastify({ forceCloseConnections: true });
  secure(server);
  servePageFiles(server, [join(__dirname, "watch-page.css"), join(__dirname, "watch-page.js")]);
  server.get("/", async (_, reply) => {
    const text = watchView(progress.report(), (file) => progress.isFresh(file));
    return reply.type("text/html; charset=utf-8").send(text);
  });
  server.get("/report.json", async () => progress.report());
  server.get("/events", (request, reply) => tell(progress, request.raw, reply));

  server.get<{ Params: { index: string } }>("/originals/:index", async ({ params }, reply) => {
    const file = progress.report().images[Number(params.index)]?.file;
    return file === undefined ? reply.callNotFound() : send(reply, join(images, file), formatOfName(file));
  });
  server.get<{ Params: { index: string; number: string } }>(
    "/outputs/:run/:index/:number",
    async ({ params }, reply) => {
      const outcome = progress.report().images[Number(params.index)]?.outcome;
      const output = outcome?.state === "processed" ? outcome.outputs[Number(params.number)] : undefined;
      if (output === undefined) return reply.callNotFound();
      return send(reply, output.path, formatOfName(`.${output.extension}`));
    },
  );
  return server;
}

/** Bytes of strangers: browsers may show them as a picture, and nothing else. */
function send(reply: FastifyReply, path: string, format: string | undefined) {
  if (!existsSync(path)) return reply.callNotFound();
  const type = browserType(format);
  if (type === undefined) reply.header("content-disposition", "attachment");
  return reply
    .header("content-security-policy", filePolicy)
    .type(type ?? "application/octet-stream")
    .send(readFileSync(path));
}

/** Server-sent events: one without content whenever something has changed. */
function tell(
  progress: Progress,
  request: { once(event: "close", listener: () => void): unknown },
  reply: FastifyReply,
): void {
  reply.hijack();
  reply.raw.writeHead(200, { ...(reply.getHeaders() as Record<string, string>), "content-type": "text/event-stream" });
  reply.raw.write("data: now\n\n");
  let waiting: NodeJS.Timeout | undefined;
  const forget = progress.onChange(() => {
    waiting ??= setTimeout(() => {
      waiting = undefined;
      reply.raw.write("data: changed\n\n");
    }, TELL_MILLISECONDS);
  });
  request.once("close", () => {
    clearTimeout(waiting);
    forget();
  });
}
