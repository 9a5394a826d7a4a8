import { rule } from "./rule";

/** Graviton: the letter g after the generation (t4g, m7gd, c7gn), and the first generation, a1 (EC2 User Guide, "Instance type names"). */
const isArm = (type: string): boolean => /^(a1|[a-z]+\d+[a-z]*g[a-z]*)\./.test(type);

/**
 * The instance types of one environment have one processor architecture
 * (Elastic Beanstalk Developer Guide, "aws:ec2:instances": SupportedArchitectures).
 */
export const instanceArchitecture = rule(["webApps"], function* ({ webApps }) {
  for (const app of ["stream", "upload"] as const) {
    const [first = "", ...others] = webApps[app].instanceTypes;
    for (const [index, type] of others.entries()) {
      if (isArm(type) === isArm(first)) continue;
      const kind = isArm(first) ? "an arm64 type (Graviton)" : "an x86 type";
      const path = ["webApps", app, "instanceTypes", index + 1];
      yield { path, expected: `${kind}, like ${first}`, toDo: "Keep to types of one architecture." };
    }
  }
});
