import type { GeneralCheck } from "../check";
import { fault, ok } from "../finding";
import { lookAtSetUp } from "../look-at-set-up";

/** What is installed, against the lock file. */
export const packages: GeneralCheck = {
  title: "packages",
  look: async ({ root, env }) => {
    const { installed } = await lookAtSetUp(root, env);
    return [
      installed
        ? ok("node_modules is what package-lock.json says")
        : fault("node_modules is not what package-lock.json says", "npm ci"),
    ];
  },
};
