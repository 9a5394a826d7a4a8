import { type Any, count, one } from "./looks";
import type { Row } from "./row";

const setting = "analytics.identityCenter";
const role = (name: string) => `arn:aws:iam::888888888888:role/${name}`;
const inIdentity = (name: string, value: unknown, look: (provider: Any) => unknown, expected: unknown): Row => ({
  setting: `${setting}.${name}`,
  value,
  layer: "identity",
  look: ({ provider }) => look(provider.aws?.[0]),
  expected,
});

/** Rows of the settings analytics.identityCenter, and of who is in a group. */
export const identityRows: Row[] = [
  inIdentity("account", "888888888888", ({ allowed_account_ids }) => allowed_account_ids, ["888888888888"]),
  inIdentity("region", "us-east-1", ({ region }) => region, "us-east-1"),
  inIdentity(
    "planRoleArn",
    role("reads"),
    ({ assume_role }) => assume_role[0].role_arn.endsWith(` : "${role("reads")}"}`),
    true,
  ),
  inIdentity(
    "applyRoleArn",
    role("changes"),
    ({ assume_role }) => assume_role[0].role_arn.includes(`== "apply" ? "${role("changes")}" : `),
    true,
  ),
  {
    setting: `${setting}.groupsOwner`,
    value: "darkroom",
    layer: "identity",
    look: count("aws_identitystore_group", /./),
    expected: 2,
  },
  {
    setting: "analytics.groups[].people[]",
    path: "analytics.groups.0.people",
    value: ["dana.rossi"],
    layer: "analytics",
    look: one(
      "aws_sagemaker_user_profile",
      "profile-dana-rossi",
      ({ single_sign_on_user_value }) => single_sign_on_user_value,
    ),
    expected: "dana.rossi",
    environment: "staging",
  },
  {
    setting: "analytics.groups[].sessionHours",
    path: "analytics.groups.0.sessionHours",
    value: 11,
    layer: "identity",
    look: one("aws_ssoadmin_permission_set", "console-image-analysts", ({ session_duration }) => session_duration),
    expected: "PT11H",
  },
];
