import { rule } from "./rule";

/** An Auto Scaling group's MinSize is not above its MaxSize (Elastic Beanstalk Developer Guide, "aws:autoscaling:asg"). */
export const instanceRange = rule(["webApps"], function* ({ webApps }) {
  for (const app of ["stream", "upload"] as const) {
    const { minInstances, maxInstances } = webApps[app];
    if (minInstances <= maxInstances) continue;
    const expected = `minInstances or more, which is ${minInstances}`;
    yield { path: ["webApps", app, "maxInstances"], expected, toDo: `Write ${minInstances} or more.` };
  }
});
