import { randomUUID } from "node:crypto";
import fastify, { type FastifyInstance, LogController } from "fastify";
import type { CommonSettings } from "./common-settings";
import { refuseForgedRequests } from "./csrf";
import { type IdentityProps, requireIdentity } from "./identity";
import { problemSchema } from "./problem";
import { answerProblems } from "./problem-answers";
import { limitRate } from "./rate-limit";
import { addSecurityHeaders, type SecurityHeadersProps } from "./security-headers";

export interface ServerProps {
  readonly settings: CommonSettings;
  readonly headers: SecurityHeadersProps;
  /** Where log lines go. @default - standard output, which Beanstalk sends to CloudWatch */
  readonly log?: { write(line: string): void };
  /** Fetches the load balancer's public key. @default - from AWS */
  readonly fetchKey?: IdentityProps["fetchKey"];
}

/**
 * A Fastify server with what both web apps need: a log in JSON, problems as answers, security headers, CSRF protection, who
 * is signed in, a limit of requests. Routes come after it.
 */
export async function createServer(props: ServerProps): Promise<FastifyInstance> {
  const { settings, headers, log, fetchKey } = props;
  const app = fastify({
    logger: {
      level: "info",
      base: { environment: settings.ENVIRONMENT },
      ...(log === undefined ? {} : { stream: log }),
    },
    // One line a request, below; Fastify's own two would double the log.
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: (_address: string, hop: number) => hop < settings.PROXY_HOPS,
    genReqId: ({ headers: sent }) => traceOf(sent["x-amzn-trace-id"]) ?? randomUUID(),
    // Longer than the load balancer keeps an idle connection (60 s), which would otherwise use one that ends just then.
    keepAliveTimeout: 75_000,
    // A large image from a phone on a slow network; whoever sends nothing any more is let go.
    requestTimeout: 300_000,
    forceCloseConnections: "idle",
    routerOptions: { maxParamLength: 200 },
    ajv: { customOptions: { keywords: ["example"] } },
  });
  app.addSchema(problemSchema);
  answerProblems(app);
  await addSecurityHeaders(app, headers);
  refuseForgedRequests(app);
  requireIdentity(app, identityProps(settings, fetchKey));
  await limitRate(app, settings.RATE_LIMIT_PER_MINUTE);
  app.addHook("onResponse", async ({ method, url, routeOptions, identity, log: requestLog }, reply) => {
    if (routeOptions.config?.open) return;
    const path = url.split("?")[0]?.slice(0, 256);
    const milliseconds = Math.round(reply.elapsedTime);
    requestLog.info({ method, path, status: reply.statusCode, milliseconds, person: identity?.subject }, "request");
  });
  return app;
}

function identityProps(settings: CommonSettings, fetchKey: IdentityProps["fetchKey"]): IdentityProps | undefined {
  if (settings.AUTHENTICATION === "none") return undefined;
  const { OIDC_LOAD_BALANCER_ARN = "", OIDC_ISSUER = "", OIDC_CLIENT_ID = "" } = settings;
  const props = { loadBalancerArn: OIDC_LOAD_BALANCER_ARN, issuer: OIDC_ISSUER, clientId: OIDC_CLIENT_ID };
  return fetchKey === undefined ? props : { ...props, fetchKey };
}

/** The load balancer numbers requests (`Root=1-…`), so that its log and ours can be held together. */
const traceOf = (sent: string | string[] | undefined): string | undefined =>
  typeof sent === "string" ? /^[\w=;:.-]{1,128}$/.exec(sent)?.[0] : undefined;
