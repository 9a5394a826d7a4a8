import { SagemakerDomain } from "@cdktf/provider-aws/lib/sagemaker-domain";
import { Construct } from "constructs";
import { hiddenInStudio } from "./studio-portal";

export interface StudioDomainProps {
  readonly domainName: string;
  /** `SSO` signs in by IAM Identity Center, `IAM` by the account. Changing it replaces the domain. */
  readonly authMode: "SSO" | "IAM";
  readonly vpcId: string;
  readonly subnetIds: string[];
  readonly securityGroupId: string;
  readonly kmsKeyArn: string;
  /** Role of whoever has no profile of a group; it should be able to do nothing. */
  readonly defaultRoleArn: string;
  /** Idle time after which a notebook is stopped, 60 to 525600 minutes. */
  readonly idleMinutes: number;
  /** ARN of the lifecycle configuration that JupyterLab runs whenever it starts. */
  readonly startArn: string;
  /** Disks of spaces, 5 to 16384 gigabytes: what a new one has, and the largest that a person can give it. */
  readonly spaces: { readonly defaultGigabytes: number; readonly maximumGigabytes: number };
  /** Whether the people's home file system outlives the domain. */
  readonly keepHomeFiles: boolean;
}

/**
 * A SageMaker Studio domain that lives in the VPC only, encrypted, and stops idle notebooks (SageMaker API, CreateDomain). Only JupyterLab
 * has a time to idle, since no other app can be started (notebook-rights.ts). How large a disk is, no policy can tell: the domain's own
 * maximum is all there is (SageMaker API, DefaultEbsStorageSettings).
 */
export class StudioDomain extends Construct {
  readonly domain: SagemakerDomain;

  constructor(scope: Construct, id: string, props: StudioDomainProps) {
    super(scope, id);
    const { idleMinutes, spaces } = props;
    this.domain = new SagemakerDomain(this, "Default", {
      domainName: props.domainName,
      authMode: props.authMode,
      vpcId: props.vpcId,
      subnetIds: props.subnetIds,
      appNetworkAccessType: "VpcOnly",
      kmsKeyId: props.kmsKeyArn,
      // Spaces and apps get the tags of the profile that they belong to, so that budgets find them (SageMaker AI Developer Guide, "Custom tag propagation").
      tagPropagation: "ENABLED",
      defaultUserSettings: {
        executionRole: props.defaultRoleArn,
        securityGroups: [props.securityGroupId],
        // Studio itself, not Studio Classic, which would be an app of its own and shows what is hidden.
        studioWebPortal: "ENABLED",
        defaultLandingUri: "studio::",
        // Of whoever has no group; profiles say it of theirs.
        studioWebPortalSettings: hiddenInStudio([]),
        spaceStorageSettings: {
          defaultEbsStorageSettings: {
            defaultEbsVolumeSizeInGb: spaces.defaultGigabytes,
            maximumEbsVolumeSizeInGb: spaces.maximumGigabytes,
          },
        },
        jupyterLabAppSettings: {
          // Always runs, and a changed one at the next start; others would be chosen (SageMaker AI Developer Guide, "Lifecycle configurations within Amazon SageMaker Studio").
          builtInLifecycleConfigArn: props.startArn,
          appLifecycleManagement: {
            idleSettings: {
              lifecycleManagement: "ENABLED",
              idleTimeoutInMinutes: idleMinutes,
              minIdleTimeoutInMinutes: 60,
              maxIdleTimeoutInMinutes: idleMinutes,
            },
          },
        },
      },
      retentionPolicy: { homeEfsFileSystem: props.keepHomeFiles ? "Retain" : "Delete" },
    });
  }
}
