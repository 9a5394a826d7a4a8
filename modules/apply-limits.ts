import type { PolicyStatement } from "./policy";

export interface ApplyLimitsProps {
  readonly account: string;
  /** The two roles of the workflows and what belongs to them: `darkroom-prod-plan` and so on. */
  readonly guardedNames: readonly string[];
  readonly boundaryArn: string;
  readonly providerArn: string;
  readonly stateArn: string;
  readonly plansArn: string;
  readonly stateKeyArn: string;
}

/** What changes IAM Identity Center, but for the three actions by which Studio registers a domain (apply-studio-rights.ts). */
const identityCenterWrites = [
  ...["A*", "CreateA*", "CreateI*", "CreateP*", "CreateT*", "DeleteA*", "DeleteI*", "DeleteP*", "DeleteT*"],
  ...["Detach*", "Disassociate*", "Import*", "P*", "Start*", "Tag*", "Un*", "Up*"],
].map((action) => `sso:${action}`);

const iamWrites = ["Add", "Attach", "Create", "Delete", "Detach", "Put", "Remove", "Set", "Tag", "Untag", "Update"];

/**
 * What an apply never does, whatever else it is let: change what holds itself in check. Roles, boundary, provider, the two buckets
 * and their key are the administrator's, by `npm run bootstrap`.
 */
export function applyLimits(props: ApplyLimitsProps): PolicyStatement[] {
  const { account, stateArn, plansArn } = props;
  const deny = "Deny" as const;
  return [
    {
      sid: "NotItself",
      effect: deny,
      actions: [...iamWrites.map((verb) => `iam:${verb}*`), "iam:PassRole"],
      resources: [
        ...props.guardedNames.flatMap((name) => [
          `arn:aws:iam::${account}:role/${name}`,
          `arn:aws:iam::${account}:policy/${name}-*`,
        ]),
        props.boundaryArn,
        props.providerArn,
      ],
    },
    {
      sid: "NoOtherIdentities",
      effect: deny,
      actions: [
        "iam:*AccessKey*",
        "iam:*AccountAlias*",
        "iam:*AccountPasswordPolicy",
        "iam:*LoginProfile",
        "iam:*MFADevice",
        "iam:*SAMLProvider*",
        "iam:*ServiceSpecificCredential*",
        "iam:*User*",
        "iam:*Group*",
        "iam:*OpenIDConnectProvider*",
        "account:*",
        "organizations:*",
        "identitystore:*",
        "sso-directory:*",
        ...identityCenterWrites,
      ],
      resources: ["*"],
    },
    // Letting a role out of its boundary would let everything out.
    { sid: "BoundaryStays", effect: deny, actions: ["iam:DeleteRolePermissionsBoundary"], resources: ["*"] },
    {
      sid: "NoOtherBoundary",
      effect: deny,
      actions: ["iam:CreateRole", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy", "iam:AttachRolePolicy"],
      resources: [`arn:aws:iam::${account}:role/darkroom-*`],
      conditions: { StringNotEquals: { "iam:PermissionsBoundary": props.boundaryArn } },
    },
    {
      sid: "StatesAndPlansStay",
      effect: deny,
      actions: ["s3:DeleteBucket*", "s3:DeleteObjectVersion", "s3:PutBucket*", "s3:PutEncryption*", "s3:PutLifecycle*"],
      resources: [stateArn, `${stateArn}/*`, plansArn, `${plansArn}/*`],
    },
    { sid: "ReviewedPlansStay", effect: deny, actions: ["s3:PutObject*"], resources: [`${plansArn}/reviews/*`] },
    { sid: "NoPlanIsRemoved", effect: deny, actions: ["s3:DeleteObject"], resources: [`${plansArn}/*`] },
    {
      sid: "StateKeyStays",
      effect: deny,
      actions: [
        "kms:CreateGrant",
        "kms:Delete*",
        "kms:Disable*",
        "kms:PutKeyPolicy",
        "kms:ScheduleKeyDeletion",
        "kms:UntagResource",
        "kms:UpdateAlias",
      ],
      resources: [props.stateKeyArn],
    },
  ];
}
