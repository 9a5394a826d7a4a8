import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { GithubContext } from "../../../gitops/github/context";
import { lackedBy, type Permissions } from "./permissions";
import { emptyRepository, type Repository } from "./repository";
import { type Answer, type Call, notFound, type Resource } from "./resource";
import { resources } from "./resources";

/** A stateful GitHub API for one repository, on 127.0.0.1. */
export class LocalGithub {
  readonly repository: Repository = emptyRepository();
  /** Every call, in order: `PUT /repos/o/r/environments/prod`. */
  readonly calls: string[] = [];
  /** Endpoints that are asked before its own. */
  readonly extra: Resource[] = [];
  private readonly faults: {
    readonly pattern: RegExp;
    readonly answer: Answer;
    left: number;
    readonly done: boolean;
  }[] = [];
  private readonly tokens = new Map<string, Permissions>();
  private server: Server | undefined;

  async start(): Promise<void> {
    const server = createServer((request, response) => {
      const answered = (call: Call): void => {
        const answer = this.answer(call, request);
        const host = request.headers.host ?? "";
        const headers = Object.entries(answer.headers ?? {}).map(([name, value]) => [
          name,
          value.replace("{host}", host),
        ]);
        const bytes = Buffer.isBuffer(answer.body);
        response.writeHead(answer.status ?? 200, {
          "content-type": bytes ? "application/octet-stream" : "application/json",
          ...Object.fromEntries(headers),
        });
        response.end(answer.body === undefined ? undefined : bytes ? answer.body : JSON.stringify(answer.body));
      };
      // Whoever asked may be killed in the middle of it.
      void read(request).then(answered, () => response.destroy());
    });
    this.server = server;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  }

  async stop(): Promise<void> {
    const { server } = this;
    server?.closeAllConnections();
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  }

  get url(): string {
    const address = this.server?.address() as AddressInfo | null | undefined;
    if (!address) throw new Error("The local GitHub is only there while tests run.");
    return `http://127.0.0.1:${address.port}`;
  }

  /** A token that may do what a job's `permissions` say, and nothing else. */
  tokenOf(permissions: Permissions): string {
    const token = `token-of-a-job-${this.tokens.size + 1}`;
    this.tokens.set(token, permissions);
    return token;
  }

  context(more: Partial<GithubContext> = {}): GithubContext {
    return {
      token: "token-of-a-test",
      owner: "image-platform",
      repo: "darkroom",
      apiUrl: this.url,
      serverUrl: "https://github.test",
      ...more,
    };
  }

  /** Answers calls that match `METHOD /path` with a fault, `times` times. */
  fail(pattern: RegExp, answer: Answer, times = Number.POSITIVE_INFINITY): void {
    this.faults.push({ pattern, answer, left: times, done: false });
  }

  /** Carries out the next call that matches `METHOD /path`, and answers it with a fault all the same. */
  loseAnswer(pattern: RegExp, answer: Answer): void {
    this.faults.push({ pattern, answer, left: 1, done: true });
  }

  /** Takes back all faults that are still to come. */
  heal(): void {
    this.faults.length = 0;
  }

  private answer(call: Call, { headers }: IncomingMessage): Answer {
    const line = `${call.method} ${call.path}`;
    this.calls.push(line);
    const fault = this.faults.find(({ pattern, left }) => left > 0 && pattern.test(line));
    if (fault) {
      fault.left -= 1;
      if (!fault.done) return fault.answer;
    }
    const token = headers.authorization?.replace(/^token /, "") ?? "";
    const permissions = this.tokens.get(token);
    if (token !== "token-of-a-test" && !permissions) return { status: 401, body: { message: "Bad credentials" } };
    const lacked = permissions && lackedBy(permissions, line);
    if (lacked !== undefined) {
      const accepted = { "x-accepted-github-permissions": lacked };
      return { status: 403, headers: accepted, body: { message: "Resource not accessible by integration" } };
    }
    for (const resource of [...this.extra, ...resources]) {
      for (const [route, handle] of Object.entries(resource)) {
        const parameters = matched(route, line);
        if (!parameters) continue;
        const answered = handle(call, parameters, this.repository);
        return fault ? fault.answer : answered;
      }
    }
    return notFound;
  }
}

function matched(route: string, line: string): Record<string, string> | undefined {
  const [method, path = ""] = route.split(" ");
  const whole = path.startsWith("//") ? path.slice(1) : `/repos/image-platform/darkroom${path}`;
  const pattern = whole.replace(/:(\w+)/g, "(?<$1>[^/]+)");
  const found = new RegExp(`^${method} ${pattern}$`).exec(line);
  return found
    ? Object.fromEntries(Object.entries(found.groups ?? {}).map(([k, v]) => [k, decodeURIComponent(v)]))
    : undefined;
}

async function read(request: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = new URL(request.url ?? "/", "http://github.test");
  const text = Buffer.concat(chunks).toString();
  return {
    method: request.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    body: text === "" ? undefined : JSON.parse(text),
  };
}

/** A local GitHub for one test file. */
export function localGithub(): LocalGithub {
  const github = new LocalGithub();
  beforeAll(() => github.start());
  afterAll(() => github.stop());
  return github;
}
