import { Agent, createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** What becomes of a request, or of its answer. */
export type Verdict = "pass" | "slow-down" | "hang-up";

/** Decides about the `number`-th request since the rule was set, before it reaches S3 and again before its answer goes back. */
export type Rule = (moment: "request" | "answer", number: number) => Verdict;

/** Stands between the functions and S3, and fails on demand. */
export interface S3Proxy {
  readonly endpoint: string;
  /** Holds from the next request on, which is number 1. */
  setRule(rule: Rule): void;
  stop(): Promise<void>;
}

const passAll: Rule = () => "pass";

/** What S3 answers when it gets too many requests (Amazon S3 API reference, "Error responses"). */
const slowDown =
  '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>';

/** Starts a proxy on 127.0.0.1 that passes everything on to `upstream` until it is given a rule. */
export async function startS3Proxy(upstream: string): Promise<S3Proxy> {
  const { hostname: host, port } = new URL(upstream);
  const agent = new Agent({ keepAlive: true, timeout: 2000 });
  let rule = passAll;
  let count = 0;

  const send = (message: IncomingMessage, body: Buffer): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const { method = "GET", url: path = "/", headers } = message;
      httpRequest({ host, port, agent, method, path, headers }).on("response", resolve).on("error", reject).end(body);
    });

  /** Whether the message goes on. */
  const passes = (verdict: Verdict, response: ServerResponse): boolean => {
    if (verdict === "hang-up") response.destroy();
    if (verdict === "slow-down") response.writeHead(503, { "content-type": "application/xml" }).end(slowDown);
    return verdict === "pass";
  };

  const handle = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [ruled, number] = [rule, ++count];
    const body = await buffer(message);
    if (!passes(ruled("request", number), response)) return;
    const answer = await send(message, body);
    const content = await buffer(answer);
    if (!passes(ruled("answer", number), response)) return;
    response.writeHead(answer.statusCode ?? 502, answer.headers).end(content);
  };

  const server = createServer({ keepAliveTimeout: 60_000 }, (message, response) => {
    // Whoever asked may be gone, or S3 is: then nobody can be answered.
    handle(message, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    setRule(next) {
      rule = next;
      count = 0;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        agent.destroy();
      }),
  };
}
