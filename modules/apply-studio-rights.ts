import type { ApplyScope } from "./apply-rights";
import type { PolicyStatement } from "./policy";

/**
 * People's profiles in Studio. Where they sign in by IAM Identity Center, Studio registers the domain there in the name of whoever makes or
 * removes it (SageMaker AI Developer Guide, "AWS managed policies", statement AllowIdcOperations); none of the three can be limited.
 */
export function applyStudioRights({ account, region }: ApplyScope, signIn: "sso" | "iam"): PolicyStatement[] {
  return [
    {
      sid: "ManageProfiles",
      actions: ["AddTags", "CreateUserProfile", "DeleteTags", "DeleteUserProfile", "UpdateUserProfile"].map(
        (action) => `sagemaker:${action}`,
      ),
      resources: [`arn:aws:sagemaker:${region}:${account}:user-profile/*`],
    },
    ...(signIn === "sso"
      ? [
          {
            sid: "RegisterStudio",
            actions: ["Create", "Delete", "Get"].map((verb) => `sso:${verb}ManagedApplicationInstance`),
            resources: ["*"],
          },
        ]
      : []),
  ];
}
