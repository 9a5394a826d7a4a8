import { z } from "zod";
import { text } from "./common";

const address = (what: string) =>
  text(
    /^https:\/\/[^\s?#]+$/,
    `an address that begins with https://, as the provider's discovery document gives it`,
  ).describe(what);

/**
 * Where people of the web apps sign in: an OpenID Connect provider and the client that the load balancers are there (Application Load
 * Balancers User Guide, "Authenticate users").
 */
export const webSignInSettings = z
  .strictObject({
    issuer: address("Issuer of the provider, for example https://login.example.com."),
    authorizationEndpoint: address("Where the provider asks people to sign in."),
    tokenEndpoint: address("Where the load balancer gets tokens."),
    userInfoEndpoint: address("Where the load balancer asks who somebody is."),
    clientId: text(/^[\w.@:/~+-]{1,256}$/, "the client id that the provider gave").describe(
      "Client id of the load balancers at the provider.",
    ),
    // Secrets Manager API reference, CreateSecret; a name that ends like the characters AWS adds would be mistaken for an ARN's end.
    clientSecretName: text(
      /^(?!.*-[A-Za-z0-9]{6}$)[\w/+=.@-]{1,512}$/,
      "the name of a secret in Secrets Manager, that does not end with a hyphen and six letters or digits",
    ).describe(
      "Secret in Secrets Manager, in the environment's account and region, whose whole text is the client's secret.",
    ),
    clientSecretVersion: text(
      /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
      "the id of a secret's version, as Secrets Manager shows it",
    )
      .optional()
      .describe(
        "Version of the secret; write the new one when the secret was changed. Left out: the one that is current.",
      ),
  })
  .describe("Where people of the web apps sign in. Left out: nobody has to, refused everywhere but in local.");
