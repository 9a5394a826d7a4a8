import type { GeneralCheck } from "../check";
import { type Finding, fault, ok } from "../finding";
import { lookAtSetUp } from "../look-at-set-up";

/** Node, Python and Terraform, by the rules of the set-up. */
export const tools: GeneralCheck = {
  title: "tools",
  look: async ({ root, env }): Promise<readonly Finding[]> => {
    const { missing } = await lookAtSetUp(root, env);
    if (missing.length === 0) return [ok("Node.js, Python and Terraform are there and new enough")];
    return missing.map((line) => {
      const [what = line, ...rest] = line.split(": ");
      return fault(what, rest.join(": "));
    });
  },
};
