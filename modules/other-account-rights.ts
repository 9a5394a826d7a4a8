import type { PolicyStatement } from "./policy";

/** To take roles of other accounts, and no other ones. @param roleArns - may be none */
export const otherAccountRights = (roleArns: readonly string[]): PolicyStatement[] =>
  roleArns.length === 0 ? [] : [{ sid: "TakeRolesElsewhere", actions: ["sts:AssumeRole"], resources: roleArns }];

/** To take any other role is refused, whatever another policy comes to say. */
export const noOtherRole = (roleArns: readonly string[]): PolicyStatement => ({
  sid: "NoOtherRole",
  effect: "Deny",
  actions: ["sts:AssumeRole"],
  ...(roleArns.length === 0 ? { resources: ["*"] } : { notResources: roleArns }),
});
