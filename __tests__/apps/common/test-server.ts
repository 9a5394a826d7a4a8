import type { FastifyInstance } from "fastify";
import * as z from "zod";
import { commonVariables } from "../../../apps/common/common-settings";
import { createServer, type ServerProps } from "../../../apps/common/server";
import { type HttpRequest, httpRequest } from "../../support/http-request";

const schema = z.object(commonVariables);

/** A server as both apps make it, with one route for each method: `/thing`, and `/failing`. Ended after each test. */
export function testServers() {
  const started: FastifyInstance[] = [];
  afterEach(async () => {
    for (const app of started.splice(0)) await app.close();
  });
  return async (variables: Record<string, string> = {}, props: Partial<ServerProps> = {}) => {
    const lines: Record<string, unknown>[] = [];
    const settings = schema.parse({ ENVIRONMENT: "test", AUTHENTICATION: "none", ...variables });
    const log = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
    const app = await createServer({ settings, headers: { camera: false }, log, ...props });
    app.get("/thing", async ({ ip, identity }) => ({ ip, subject: identity?.subject }));
    app.post("/thing", async () => ({ done: true }));
    app.get("/open", { config: { open: true, rateLimit: false } }, async () => ({ done: true }));
    app.get("/failing", async () => {
      throw new Error("password=secret");
    });
    started.push(app);
    const url = await app.listen({ port: 0, host: "127.0.0.1" });
    lines.length = 0;
    return { ask: (path: string, request?: HttpRequest) => httpRequest(`${url}${path}`, request), lines };
  };
}
