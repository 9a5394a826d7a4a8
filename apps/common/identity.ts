import { AlbJwtVerifier } from "aws-jwt-verify";
import { AlbJwksCache } from "aws-jwt-verify/alb-cache";
import type { FastifyInstance } from "fastify";
import { Problem } from "./problem";

/** Who is signed in. */
export interface Identity {
  /** The identity provider's own id of the person; it never changes. */
  readonly subject: string;
  readonly email?: string;
}

declare module "fastify" {
  interface FastifyRequest {
    /** undefined where nobody signs in (`AUTHENTICATION=none`), and on routes that are open. */
    identity: Identity | undefined;
  }
  interface FastifyContextConfig {
    /** Answered without signing in: the load balancer's own checks of health. */
    open?: boolean;
  }
}

export interface IdentityProps {
  readonly loadBalancerArn: string;
  readonly issuer: string;
  readonly clientId: string;
  /** Fetches the load balancer's public key as PEM. @default - from AWS, over HTTPS (`public-keys.auth.elb.<region>.amazonaws.com`) */
  readonly fetchKey?: (url: string) => Promise<string>;
}

/** Where the load balancer says who signed in (ELB User Guide, "Authenticate users using an Application Load Balancer"). */
const header = "x-amzn-oidc-data";

/**
 * Lets in who the load balancer signed in. Its word is signed; signature, load balancer, client, issuer and end are checked,
 * so that nobody who reaches an instance past the load balancer can claim to be somebody.
 */
export function requireIdentity(app: FastifyInstance, props: IdentityProps | undefined): void {
  app.decorateRequest("identity", undefined);
  if (props === undefined) return;
  const { loadBalancerArn, issuer, clientId, fetchKey } = props;
  const fetcher = fetchKey && { fetch: async (url: string) => pemBytes(await fetchKey(url)) };
  const jwksCache = new AlbJwksCache(fetcher === undefined ? undefined : { fetcher });
  const verifier = AlbJwtVerifier.create({ albArn: loadBalancerArn, issuer, clientId }, { jwksCache });
  app.addHook("onRequest", async (request) => {
    if (request.routeOptions.config?.open) return;
    const token = request.headers[header];
    if (typeof token !== "string") throw notSignedIn("The load balancer sent no identity.");
    const { sub, email } = await verifier.verify(token).catch((error: unknown) => {
      request.log.warn({ err: error }, "identity refused");
      throw notSignedIn("The identity the load balancer sent is not valid.");
    });
    if (typeof sub !== "string") throw notSignedIn("The identity the load balancer sent names nobody.");
    request.identity = { subject: sub, ...(typeof email === "string" && { email }) };
  });
}

const notSignedIn = (what: string): Problem =>
  new Problem({
    status: 401,
    code: "not-signed-in",
    title: "Nobody is signed in",
    detail: `${what} Open this service's page anew and sign in.`,
  });

const pemBytes = (pem: string): ArrayBuffer => new TextEncoder().encode(pem).buffer as ArrayBuffer;
