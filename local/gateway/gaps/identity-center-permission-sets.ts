import { randomBytes, randomUUID } from "node:crypto";
import { AwsError } from "../gap";
import { found } from "../identity-center/found";
import { type JsonCall, jsonGap } from "../operation-gap";

type Json = Record<string, unknown>;
interface Tag {
  readonly Key: string;
  readonly Value: string;
}
interface PermissionSet extends Json {
  readonly PermissionSetArn: string;
  readonly Name: string;
}

/** The one Identity Center there is, whoever asks. */
const instance = { InstanceArn: "arn:aws:sso:::instance/ssoins-0000000000000000", IdentityStoreId: "d-0000000000" };

const seconds = ({ context }: JsonCall): number => context.now().getTime() / 1000;
const sets = ({ context }: JsonCall) => context.state<PermissionSet>("permission-sets");
const policies = ({ context }: JsonCall) => context.state<string>("inline-policies");
const tags = ({ context }: JsonCall) => context.state<readonly Tag[]>("tags");
const arnOf = ({ json }: JsonCall): string => String(json.PermissionSetArn);
const set = (call: JsonCall): PermissionSet => found(sets(call).get(arnOf(call)), `PermissionSet ${arnOf(call)}`);
const tagsOf = (call: JsonCall, without: readonly string[] = []): Tag[] =>
  (tags(call).get(String(call.json.ResourceArn)) ?? []).filter(({ Key }) => !without.includes(Key));

const create = (call: JsonCall): object => {
  const { InstanceArn: _, Tags = [], ...settings } = call.json;
  const taken = sets(call)
    .all()
    .some(({ Name }) => Name === settings.Name);
  if (taken) throw new AwsError("ConflictException", `PermissionSet with name ${settings.Name} already exists.`);
  const PermissionSetArn = `arn:aws:sso:::permissionSet/ssoins-0000000000000000/ps-${randomBytes(8).toString("hex")}`;
  tags(call).put(PermissionSetArn, Tags as readonly Tag[]);
  const made = { SessionDuration: "PT1H", ...settings, Name: String(settings.Name), PermissionSetArn };
  return { PermissionSet: sets(call).put(PermissionSetArn, { ...made, CreatedDate: seconds(call) }) };
};

const update = (call: JsonCall): object => {
  const { InstanceArn: _, ...settings } = call.json;
  sets(call).put(arnOf(call), { ...set(call), ...settings });
  return {};
};

const remove = (call: JsonCall): object => {
  const assigned = call.context.state<{ PermissionSetArn: string }>("account-assignments").all();
  if (assigned.some(({ PermissionSetArn }) => PermissionSetArn === set(call).PermissionSetArn)) {
    throw new AwsError("ConflictException", `PermissionSet ${arnOf(call)} is assigned to an account.`);
  }
  for (const kept of [sets(call), policies(call), tags(call)]) kept.remove(arnOf(call));
  return {};
};

/** Provisioning takes no time here. */
const provisioned = (call: JsonCall): object => ({
  PermissionSetProvisioningStatus: {
    RequestId: call.json.ProvisionPermissionSetRequestId ?? randomUUID(),
    Status: "SUCCEEDED",
    CreatedDate: seconds(call),
  },
});

export const identityCenterPermissionSets = jsonGap({
  name: "identity-center-permission-sets",
  service: "sso",
  description:
    "IAM Identity Center: permission sets, their inline policies and tags are kept and read back; they let nobody in.",
  operations: {
    ListInstances: (call) => ({
      Instances: [{ ...instance, OwnerAccountId: call.request.account, Status: "ACTIVE", CreatedDate: 0 }],
    }),
    CreatePermissionSet: create,
    DescribePermissionSet: (call) => ({ PermissionSet: set(call) }),
    UpdatePermissionSet: update,
    DeletePermissionSet: remove,
    PutInlinePolicyToPermissionSet: (call) => {
      policies(call).put(set(call).PermissionSetArn, String(call.json.InlinePolicy));
      return {};
    },
    GetInlinePolicyForPermissionSet: (call) => ({ InlinePolicy: policies(call).get(set(call).PermissionSetArn) ?? "" }),
    DeleteInlinePolicyFromPermissionSet: (call) => {
      policies(call).remove(set(call).PermissionSetArn);
      return {};
    },
    ProvisionPermissionSet: provisioned,
    DescribePermissionSetProvisioningStatus: provisioned,
    ListTagsForResource: (call) => ({ Tags: tagsOf(call) }),
    TagResource: (call) => {
      const added = call.json.Tags as readonly Tag[];
      const kept = tagsOf(
        call,
        added.map(({ Key }) => Key),
      );
      tags(call).put(String(call.json.ResourceArn), [...kept, ...added]);
      return {};
    },
    UntagResource: (call) => {
      tags(call).put(String(call.json.ResourceArn), tagsOf(call, call.json.TagKeys as readonly string[]));
      return {};
    },
  },
});
