import * as z from "zod";
import type { Rule } from "./settings";

/** A variable with a whole number from `least` to `most`. */
export const wholeNumber = (least: number, most: number, what: string) => {
  const expected = `a whole number of ${what} from ${least} to ${most}`;
  const inRange = (text: string): boolean => /^\d{1,15}$/.test(text) && Number(text) >= least && Number(text) <= most;
  return z.string({ error: expected }).refine(inRange, { error: expected }).transform(Number);
};

/** A variable that matches `pattern`. */
export const text = (pattern: RegExp, expected: string) =>
  z.string({ error: expected }).regex(pattern, { error: expected });

const loadBalancer = text(
  /^arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:\d{12}:loadbalancer\/app\/\S+$/,
  "the ARN of the application load balancer that signs people in",
);
const issuer = text(/^https:\/\/\S+$/, "the identity provider's issuer, https://…");
const clientId = text(/^\S+$/, "the client id that the load balancer has at the identity provider");

/** The variables that both web apps read. */
export const commonVariables = {
  /** Name of the environment, for the log. */
  ENVIRONMENT: text(/^[a-z][a-z0-9-]*$/, "the name of the environment, for example prod"),
  /** Set by Beanstalk. */
  PORT: wholeNumber(0, 65_535, "port numbers").default(8080),
  HOST: text(/^[0-9a-fA-F.:]+$/, "an IP address to listen on").default("127.0.0.1"),
  /** Proxies in front whose X-Forwarded-For is believed: Beanstalk's nginx and its load balancer are 2. */
  PROXY_HOPS: wholeNumber(0, 10, "proxies").default(0),
  /** Requests of one caller a minute and instance. */
  RATE_LIMIT_PER_MINUTE: wholeNumber(1, 1_000_000, "requests a minute").default(600),
  /** How long the app may take to end after SIGTERM. */
  SHUTDOWN_SECONDS: wholeNumber(1, 600, "seconds").default(25),
  /** Who lets people in. */
  AUTHENTICATION: z.enum(["load-balancer", "none"], { error: "load-balancer, or none on this computer alone" }),
  OIDC_LOAD_BALANCER_ARN: loadBalancer.optional(),
  OIDC_ISSUER: issuer.optional(),
  OIDC_CLIENT_ID: clientId.optional(),
} as const;

/** What the variables say. */
export type CommonSettings = z.infer<z.ZodObject<typeof commonVariables>>;

/** What signing in by the load balancer needs. */
export const checkAuthentication: Rule = (variables) =>
  variables.AUTHENTICATION !== "load-balancer"
    ? []
    : [
        { variable: "OIDC_LOAD_BALANCER_ARN", expected: "the load balancer's ARN" },
        { variable: "OIDC_ISSUER", expected: "the identity provider's issuer" },
        { variable: "OIDC_CLIENT_ID", expected: "the load balancer's client id" },
      ]
        .filter(({ variable }) => variables[variable] === undefined)
        .map(({ variable, expected }) => ({ variable, expected: `${expected} (AUTHENTICATION is load-balancer)` }));
