import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** A call on its way to the account: `POST / AmazonSSM.PutParameter {"Name":…}`. */
type Call = string;

/** Stands before an account, and holds or refuses the calls that a test names. */
export class AwsProxy {
  private server: Server | undefined;
  private rule: { readonly pattern: RegExp; readonly answer: "hold" | object } | undefined;
  private arrived: ((call: Call) => void) | undefined;

  constructor(private readonly upstream: () => string) {}

  async start(): Promise<void> {
    const server = createServer((incoming, response) => {
      const pass = (body: Buffer): void => {
        const target = incoming.headers["x-amz-target"] ?? "";
        const call = `${incoming.method} ${incoming.url} ${target} ${body.subarray(0, 4096).toString()}`;
        if (this.rule?.pattern.test(call)) {
          this.arrived?.(call);
          if (this.rule.answer === "hold") return;
          response.writeHead(400, { "content-type": "application/x-amz-json-1.1" });
          response.end(JSON.stringify(this.rule.answer));
          return;
        }
        const { method, url, headers } = incoming;
        const onwards = request(`${this.upstream()}${url}`, { method, headers }, (answer) => {
          response.writeHead(answer.statusCode ?? 500, answer.headers);
          answer.pipe(response);
        });
        onwards.on("error", () => response.destroy());
        onwards.end(body);
      };
      // Whoever asked may be killed in the middle of it.
      buffer(incoming).then(pass, () => response.destroy());
    });
    this.server = server;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  }

  async stop(): Promise<void> {
    const { server } = this;
    server?.closeAllConnections();
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  }

  get endpoint(): string {
    const address = this.server?.address() as AddressInfo | null | undefined;
    if (!address) throw new Error("The proxy is only there while tests run.");
    return `http://127.0.0.1:${address.port}`;
  }

  /** Never answers calls that match. @returns resolves when the first one has come */
  hold(pattern: RegExp): Promise<Call> {
    this.rule = { pattern, answer: "hold" };
    return new Promise((resolve) => {
      this.arrived = resolve;
    });
  }

  /** Answers calls that match with an error of the services that speak JSON. */
  refuse(pattern: RegExp, type: string, message: string): void {
    this.rule = { pattern, answer: { __type: type, message } };
  }

  /** Lets all calls pass again. */
  heal(): void {
    this.rule = undefined;
  }
}
