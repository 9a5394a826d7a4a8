import { rule } from "./rule";

/**
 * Load balancers sign people in on HTTPS listeners only (Application Load Balancers User Guide, "Authenticate users"). Only local may
 * do without a certificate at all.
 */
export const signInEncrypted = rule(["webApps", "webSignIn"], function* ({ name, webApps, webSignIn }) {
  if (name !== "local" || webSignIn === undefined) return;
  for (const app of ["stream", "upload"] as const) {
    if (webApps[app].certificateArn !== undefined) continue;
    const expected = "the ARN of an ACM certificate, as people sign in (webSignIn) by HTTPS only";
    yield { path: ["webApps", app, "certificateArn"], expected, toDo: `Add "certificateArn:" under ${app}.` };
  }
});
