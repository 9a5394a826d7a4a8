import { rule } from "./rule";

/** Pictures travel encrypted: a web app has a certificate, everywhere but in local. */
export const certificateRequired = rule(["webApps"], function* ({ name, webApps }) {
  if (name === "local") return;
  for (const app of ["stream", "upload"] as const) {
    if (webApps[app].certificateArn !== undefined) continue;
    const expected = "the ARN of an ACM certificate, in every environment but local";
    yield { path: ["webApps", app, "certificateArn"], expected, toDo: `Add "certificateArn:" under ${app}.` };
  }
});
