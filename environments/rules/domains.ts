import { rule } from "./rule";

/** A host name leads to one load balancer. */
export const domains = rule(["webApps"], function* ({ webApps: { stream, upload } }) {
  if (upload.domain === undefined || upload.domain !== stream.domain) return;
  const expected = "a host name that differs from webApps.stream.domain";
  yield { path: ["webApps", "upload", "domain"], expected, toDo: "Give each web app a host name of its own." };
});
