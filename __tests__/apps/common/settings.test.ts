import * as z from "zod";
import { checkAuthentication, commonVariables } from "../../../apps/common/common-settings";
import { readSettings } from "../../../apps/common/settings";

const schema = z.object(commonVariables);
const read = (variables: Record<string, string>) => readSettings(schema, variables, [checkAuthentication]);
const least = { ENVIRONMENT: "prod", AUTHENTICATION: "none" };

it("names every variable that is missing or wrong at once, also those that need each other", () => {
  expect(() => read({ PORT: "http", RATE_LIMIT_PER_MINUTE: "0", AUTHENTICATION: "load-balancer" })).toThrow(
    "The app cannot start. ENVIRONMENT: expected the name of the environment, for example prod, but got nothing; " +
      'PORT: expected a whole number of port numbers from 0 to 65535, but got "http"; ' +
      'RATE_LIMIT_PER_MINUTE: expected a whole number of requests a minute from 1 to 1000000, but got "0"; ' +
      "OIDC_LOAD_BALANCER_ARN: expected the load balancer's ARN (AUTHENTICATION is load-balancer), but got nothing; " +
      "OIDC_ISSUER: expected the identity provider's issuer (AUTHENTICATION is load-balancer), but got nothing; " +
      "OIDC_CLIENT_ID: expected the load balancer's client id (AUTHENTICATION is load-balancer), but got nothing. " +
      "Set the environment variables and start it again.",
  );
});

it("has to be told who lets people in: nobody is let in by leaving it out", () => {
  expect(() => read({ ENVIRONMENT: "prod" })).toThrow(
    "AUTHENTICATION: expected load-balancer, or none on this computer alone, but got nothing",
  );
});

it("takes a variable that is set to nothing for one that is not set", () => {
  expect(read({ ...least, PORT: "" })).toEqual({
    ENVIRONMENT: "prod",
    PORT: 8080,
    HOST: "127.0.0.1",
    PROXY_HOPS: 0,
    RATE_LIMIT_PER_MINUTE: 600,
    SHUTDOWN_SECONDS: 25,
    AUTHENTICATION: "none",
  });
});
