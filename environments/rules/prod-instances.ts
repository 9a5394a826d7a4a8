import { rule } from "./rule";

/** A web app of prod survives the loss of a zone and a rolling deployment: two instances at least. */
export const prodInstances = rule(["webApps"], function* ({ name, webApps }) {
  if (name !== "prod") return;
  for (const app of ["stream", "upload"] as const) {
    if (webApps[app].minInstances >= 2) continue;
    const expected = "2 instances or more in prod, so that one may fail";
    yield { path: ["webApps", app, "minInstances"], expected, toDo: "Write 2 or more." };
  }
});
