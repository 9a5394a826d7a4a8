import { SagemakerUserProfile } from "@cdktf/provider-aws/lib/sagemaker-user-profile";
import { Construct } from "constructs";
import { costTag } from "../environments/cost-tag";
import { profileName } from "../environments/profile-name";
import { hiddenInStudio, type Privilege } from "./studio-portal";

export interface StudioProfileProps {
  readonly domainId: string;
  /** User name: in IAM Identity Center where the domain signs in by it, else whatever the person is called. */
  readonly person: string;
  /** Value of the tag by which the costs of the person's group are told apart. */
  readonly costs: string;
  /** What the group may do, by which Studio shows its parts. */
  readonly access: readonly Privilege[];
  /** Role of the group: all that the person may do in Studio, however they signed in. */
  readonly roleArn: string;
  /** What their apps may reach, and be reached by. */
  readonly securityGroupIds: string[];
  /** Whether the domain signs people in by IAM Identity Center. */
  readonly sso: boolean;
}

/**
 * A person's profile in Studio, with the role of their group. Where nobody made one, Studio does at the first sign-in, with the domain's
 * default role (SageMaker API, CreateUserProfile). A change of group changes the role in place: the person's files stay.
 */
export class StudioProfile extends Construct {
  constructor(scope: Construct, id: string, props: StudioProfileProps) {
    super(scope, id);
    const { domainId, person, costs, access, roleArn, securityGroupIds: securityGroups, sso } = props;
    new SagemakerUserProfile(this, "Default", {
      domainId,
      userProfileName: profileName(person),
      ...(sso && { singleSignOnUserIdentifier: "UserName", singleSignOnUserValue: person }),
      userSettings: { executionRole: roleArn, securityGroups, studioWebPortalSettings: hiddenInStudio(access) },
      // By these a policy can let people open their own profile only, and a budget finds what a group costs: its spaces and apps get them, too.
      tags: { person, [costTag]: costs },
    });
  }
}
