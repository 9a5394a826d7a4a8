import helmet from "@fastify/helmet";
import type { FastifyInstance } from "fastify";

export interface SecurityHeadersProps {
  /** Whether the page asks for the camera. */
  readonly camera: boolean;
  /** Origins beside the app's own that the page sends to: `https://bucket.s3.….amazonaws.com`. @default - none */
  readonly connectTo?: readonly string[];
  /** Origins beside the app's own from which pictures are shown. @default - none */
  readonly imagesFrom?: readonly string[];
}

/** A year: what browsers' preload lists ask for at least. */
const hstsSeconds = 31_536_000;

/**
 * Headers that leave a browser no more rights than the page needs: scripts and styles from the app alone and none inline,
 * no frames, no plugins, no referrer. Browsers heed HSTS over HTTPS only, so it harms no plain local page.
 */
export async function addSecurityHeaders(app: FastifyInstance, props: SecurityHeadersProps): Promise<void> {
  const { camera, connectTo = [], imagesFrom = [] } = props;
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", "blob:", ...imagesFrom],
        connectSrc: ["'self'", ...connectTo],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: "no-referrer" },
    frameguard: { action: "deny" },
    hsts: { maxAge: hstsSeconds, includeSubDomains: false },
    crossOriginResourcePolicy: { policy: "same-origin" },
    crossOriginOpenerPolicy: { policy: "same-origin" },
  });
  const permissions = `camera=(${camera ? "self" : ""}), microphone=(), geolocation=(), payment=(), usb=()`;
  app.addHook("onRequest", async (_request, reply) => void reply.header("permissions-policy", permissions));
}
