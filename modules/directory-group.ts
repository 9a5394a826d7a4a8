import { DataAwsIdentitystoreGroup } from "@cdktf/provider-aws/lib/data-aws-identitystore-group";
import { DataAwsIdentitystoreUser } from "@cdktf/provider-aws/lib/data-aws-identitystore-user";
import { IdentitystoreGroup } from "@cdktf/provider-aws/lib/identitystore-group";
import { IdentitystoreGroupMembership } from "@cdktf/provider-aws/lib/identitystore-group-membership";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { profileName } from "../environments/profile-name";

export interface DirectoryGroupProps {
  readonly provider: TerraformProvider;
  readonly identityStoreId: string;
  /** Name of the group as people see it there. */
  readonly displayName: string;
  /** What the group is for, and who is in it by user name; undefined: it belongs to somebody else, and is only looked up. */
  readonly own: { readonly description: string; readonly people: readonly string[] } | undefined;
}

/**
 * A group of the identity store. One that comes from an outside identity provider is never made or changed: the provider would write over
 * it (IAM Identity Center User Guide, "Automatic provisioning"). People are looked up in any case; they come from the directory.
 */
export class DirectoryGroup extends Construct {
  readonly groupId: string;

  constructor(scope: Construct, id: string, props: DirectoryGroupProps) {
    super(scope, id);
    const { provider, identityStoreId, displayName, own } = props;
    if (own === undefined) {
      this.groupId = new DataAwsIdentitystoreGroup(this, "Default", {
        provider,
        identityStoreId,
        alternateIdentifier: { uniqueAttribute: { attributePath: "DisplayName", attributeValue: displayName } },
      }).groupId;
      return;
    }
    const group = new IdentitystoreGroup(this, "Default", {
      provider,
      identityStoreId,
      displayName,
      description: own.description,
    });
    this.groupId = group.groupId;
    for (const person of own.people) {
      const { userId } = new DataAwsIdentitystoreUser(this, `person-${profileName(person)}`, {
        provider,
        identityStoreId,
        alternateIdentifier: { uniqueAttribute: { attributePath: "UserName", attributeValue: person } },
      });
      new IdentitystoreGroupMembership(this, `member-${profileName(person)}`, {
        provider,
        identityStoreId,
        groupId: group.groupId,
        memberId: userId,
      });
    }
  }
}
