import { z } from "zod";
import { text } from "./common";

// IAM User Guide, "IAM identifiers"; a session takes such a role, so that it must not hold wildcards.
const role = (what: string) =>
  text(
    /^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/,
    "the ARN of a role, for example arn:aws:iam::999999999999:role/darkroom-identity-apply",
  )
    .optional()
    .describe(what);

/**
 * Where IAM Identity Center is, and what of it is Darkroom's: a domain takes people only of an Identity Center in its own region
 * (SageMaker AI Developer Guide, "Set up IAM Identity Center for use with Amazon SageMaker AI").
 */
export const identityCenterSettings = z
  .strictObject({
    account: text(/^\d{12}$/, "the 12 digits of an AWS account, in quotes").describe(
      "Account of IAM Identity Center: the organisation's management account, or the one it delegated to; in quotes.",
    ),
    region: text(/^[a-z]{2}(-[a-z]+)+-\d$/, "an AWS region, for example eu-central-1").describe(
      "Region of IAM Identity Center; has to be the environment's own.",
    ),
    groupsOwner: z
      .enum(["darkroom", "identity-provider"], { error: "darkroom or identity-provider" })
      .describe("darkroom: groups and their members are made from this file. identity-provider: groups are looked up."),
    planRoleArn: role("Role in that account by which plans read Identity Center. Only local does without."),
    applyRoleArn: role("Role in that account by which an apply changes Identity Center. Only local does without."),
  })
  .describe("IAM Identity Center, only with signIn: sso. Left out: whoever owns it assigns the groups by hand.");
