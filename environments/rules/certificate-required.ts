import { rule } from "./rule";

/** Environments in which a web app may do without HTTPS. */
const withoutHttps: readonly string[] = ["local", "dev"];

/** Pictures travel encrypted: a web app has a certificate, everywhere but in local and dev. */
export const certificateRequired = rule(["webApps"], function* ({ name, webApps }) {
  if (withoutHttps.includes(name)) return;
  for (const app of ["stream", "upload"] as const) {
    if (webApps[app].certificateArn !== undefined) continue;
    const expected = "the ARN of an ACM certificate, in every environment but local and dev";
    yield { path: ["webApps", app, "certificateArn"], expected, toDo: `Add "certificateArn:" under ${app}.` };
  }
});
