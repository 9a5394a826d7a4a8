import { Agent, request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import type { Changes, GapRequest, Reply } from "./gap";

/** Headers that belong to one connection, not to the message. `expect` is answered by the gateway itself. */
const ofConnection = new Set(["connection", "keep-alive", "proxy-connection", "te", "upgrade", "expect"]);

const passedOn = (raw: readonly string[]): string[] => {
  const kept: string[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const [name = "", value = ""] = [raw[at], raw[at + 1]];
    if (!ofConnection.has(name.toLowerCase())) kept.push(name, value);
  }
  return kept;
};

/** The emulated account behind the gateway. */
export class Upstream {
  readonly #agent = new Agent({ keepAlive: true, timeout: 2000 });
  readonly #address: { readonly host: string; readonly port: string };

  /** @param endpoint for example `http://127.0.0.1:4566` */
  constructor(readonly endpoint: string) {
    const { hostname, port } = new URL(endpoint);
    this.#address = { host: hostname, port };
  }

  /** Streams a call through, both ways, unchanged. */
  pass(from: IncomingMessage, to: ServerResponse, body?: Buffer): void {
    const request = httpRequest({
      ...this.#address,
      agent: this.#agent,
      method: from.method ?? "GET",
      path: from.url ?? "/",
      headers: passedOn(from.rawHeaders) as never,
    });
    request.on("response", (response) => {
      to.writeHead(response.statusCode ?? 502, passedOn(response.rawHeaders));
      response.pipe(to);
      response.on("error", () => to.destroy());
    });
    request.on("error", (error) => {
      if (to.headersSent) to.destroy();
      else unreachable(to, this.endpoint, error);
    });
    to.on("close", () => request.destroy());
    if (body === undefined) from.pipe(request);
    else request.end(body);
  }

  /** Sends a gap's request and reads the whole answer. */
  async send(request: GapRequest, changes: Changes = {}): Promise<Reply> {
    const { method, path, query, body, headers } = { ...request, ...changes };
    const search = query.toString();
    const kept = Object.entries(headers).filter(
      ([name, value]) => value !== undefined && !ofConnection.has(name) && name !== "transfer-encoding",
    );
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      httpRequest({
        ...this.#address,
        agent: this.#agent,
        method,
        path: search === "" ? path : `${path}?${search}`,
        headers: { ...Object.fromEntries(kept), "content-length": body.length },
      })
        .on("response", resolve)
        .on("error", reject)
        .end(body);
    });
    const { "transfer-encoding": _, "content-length": __, ...answered } = response.headers;
    return {
      status: response.statusCode ?? 502,
      headers: answered as Record<string, string | string[]>,
      body: await buffer(response),
    };
  }

  close(): void {
    this.#agent.destroy();
  }
}

const unreachable = (to: ServerResponse, endpoint: string, error: Error): void => {
  to.writeHead(503, { "content-type": "application/json", "x-amzn-errortype": "ServiceUnavailable" });
  to.end(JSON.stringify({ message: `the emulated account at ${endpoint} does not answer: ${error.message}` }));
};
