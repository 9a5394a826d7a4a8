import type { ApplyScope } from "./apply-rights";
import type { PolicyStatement } from "./policy";

/**
 * People's profiles in Studio. Where they sign in by IAM Identity Center, Studio registers the domain there: by three actions of its own role
 * (SageMaker AI Developer Guide, "AmazonSageMakerNotebooksServiceRolePolicy", AllowIdcOperations). Whether whoever makes the domain needs them,
 * too, AWS does not say; so an apply has them. None of the three can be limited.
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
