import type { PolicyStatement } from "./policy";

/** A variable of IAM's, which Terraform would take for an expression of its own without the second `$`. */
const variable = (name: string): string => `$\${sagemaker:${name}}`;

/** The type of JupyterLab's apps, which AWS spells `JupyterLab` in the API and `jupyterlab` in policies; no other type fits. */
const jupyterLab = "?upyter?ab";

/**
 * To open JupyterLab in private spaces of one's own, as oneself, and no other app: of Studio's apps only JupyterLab and Code Editor stop when they
 * idle, and Code Editor gets none of the starter notebooks (SageMaker AI Developer Guide, "Idle shutdown"; on the types in ARNs "Migrate the UI from
 * Studio Classic to Studio"). Whoever could start an app in another's space or profile, or sign in to it, would work
 * with the role of the other's group (SageMaker AI Developer Guide, "AmazonSageMakerFullAccess", statements on apps and spaces). Studio signs
 * people in to a space that they open, in their role's name, so that each may sign in as oneself; the variables say who asks (SageMaker AI
 * Developer Guide, "Give your users access to spaces", SMStudioCreatePresignedDomainUrlForUserProfile).
 */
export function notebookRights({ account, region }: { account: string; region: string }): PolicyStatement[] {
  const arn = (kind: string, rest: string) => `arn:aws:sagemaker:${region}:${account}:${kind}/${rest}`;
  const domain = variable("DomainId");
  const oneself = arn("user-profile", `${domain}/${variable("UserProfileName")}`);
  return [
    { sid: "SignInAsOneself", actions: ["sagemaker:CreatePresignedDomainUrl"], resources: [oneself] },
    {
      sid: "RunNotebooks",
      actions: ["CreateApp", "DeleteApp", "CreateSpace", "UpdateSpace", "DeleteSpace"].map(
        (name) => `sagemaker:${name}`,
      ),
      resources: [arn("app", `${domain}/*/${jupyterLab}/*`), arn("space", `${domain}/*`)],
      conditions: {
        ArnLike: { "sagemaker:OwnerUserProfileArn": oneself },
        StringEquals: { "sagemaker:SpaceSharingType": "Private" },
      },
    },
  ];
}
