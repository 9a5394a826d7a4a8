import type { Environment } from "../../../environments/schema";
import type { LeafChange } from "../leaf-changes";
import type { Words } from "./words";

type WebSignIn = NonNullable<Environment["webSignIn"]>;

/** Who gets into the web apps: always for a code owner to see. */
const said: Readonly<Record<string, (environment: string, value: string) => string>> = {
  issuer: (environment, value) => `People of the web apps of ${environment} sign in at ${value}, and nowhere else.`,
  authorizationEndpoint: (environment, value) =>
    `People of the web apps of ${environment} are sent to ${value} to sign in.`,
  tokenEndpoint: (environment, value) => `The load balancers of ${environment} get tokens from ${value}.`,
  userInfoEndpoint: (environment, value) => `The load balancers of ${environment} ask ${value} who somebody is.`,
  clientId: (environment, value) => `The load balancers of ${environment} are the client ${value} at the provider.`,
  clientSecretName: (environment, value) =>
    `The load balancers of ${environment} show the provider the secret ${value} of Secrets Manager.`,
  clientSecretVersion: (environment, value) =>
    `The load balancers of ${environment} show the provider the secret in its version ${value}.`,
};

/** Changes of the section webSignIn. */
export function webSignInWords({ path, after }: LeafChange, environment: string): Words[] | undefined {
  const [section, setting] = path;
  if (section !== "webSignIn") return undefined;
  const gate = "rights-widened" as const;
  if (setting === undefined) {
    if (after === undefined)
      return [{ words: `Nobody has to sign in to the web apps of ${environment} any more.`, gate }];
    return [{ words: `People of the web apps of ${environment} sign in at ${(after as WebSignIn).issuer}.` }];
  }
  const say = said[setting];
  if (say === undefined) return undefined;
  return [{ words: say(environment, String(after ?? "that is current when it is applied")), gate }];
}
