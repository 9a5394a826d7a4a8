import { randomUUID } from "node:crypto";
import { AwsError, type Gap } from "../gap";
import { found } from "../identity-center/found";
import { type JsonCall, jsonGap } from "../operation-gap";

interface Group {
  readonly GroupId: string;
  readonly DisplayName: string;
  readonly Description?: string;
}
interface User {
  readonly UserId: string;
  readonly UserName: string;
  readonly DisplayName: string;
}
interface Membership {
  readonly MembershipId: string;
  readonly GroupId: string;
  readonly MemberId: { readonly UserId: string };
}

const groups = ({ context }: JsonCall) => context.state<Group>("groups");
const users = ({ context }: JsonCall) => context.state<User>("users");
const memberships = ({ context }: JsonCall) => context.state<Membership>("memberships");
const group = (call: JsonCall): Group => found(groups(call).get(String(call.json.GroupId)), "GROUP");
const membership = (call: JsonCall): Membership =>
  found(memberships(call).get(String(call.json.MembershipId)), "MEMBERSHIP");
const inStore = ({ json }: JsonCall, record: object): object => ({ ...record, IdentityStoreId: json.IdentityStoreId });

/** The value of the unique attribute that is asked for. */
const asked = ({ json }: JsonCall): string => {
  const { UniqueAttribute } = json.AlternateIdentifier as { UniqueAttribute: { AttributeValue: string } };
  return UniqueAttribute.AttributeValue;
};

const newGroup = (call: JsonCall, settings: Omit<Group, "GroupId">): Group => {
  const GroupId = randomUUID();
  return groups(call).put(GroupId, { GroupId, ...settings });
};
const named = (call: JsonCall, name: unknown): Group | undefined =>
  groups(call)
    .all()
    .find(({ DisplayName }) => DisplayName === name);

const createGroup = (call: JsonCall): object => {
  const { DisplayName, Description } = call.json as { readonly DisplayName: string; readonly Description?: string };
  if (named(call, DisplayName)) throw new AwsError("ConflictException", `GROUP ${DisplayName} already exists.`);
  const { GroupId } = newGroup(call, { DisplayName, ...(Description !== undefined && { Description }) });
  return inStore(call, { GroupId });
};

const updateGroup = (call: JsonCall): object => {
  const operations = call.json.Operations as readonly { AttributePath: string; AttributeValue: unknown }[];
  const changes = operations.map(({ AttributePath: path, AttributeValue: value }) => [
    `${path.charAt(0).toUpperCase()}${path.slice(1)}`,
    value,
  ]);
  groups(call).put(group(call).GroupId, { ...group(call), ...Object.fromEntries(changes) });
  return {};
};

const userNamed = (call: JsonCall, UserName: string): User => {
  const known = users(call)
    .all()
    .find((user) => user.UserName === UserName);
  const made = { UserId: randomUUID(), UserName, DisplayName: UserName };
  return known ?? users(call).put(made.UserId, made);
};

const createMembership = (call: JsonCall): object => {
  const MembershipId = randomUUID();
  const { GroupId } = group(call);
  const MemberId = call.json.MemberId as Membership["MemberId"];
  found(users(call).get(MemberId.UserId), "USER");
  memberships(call).put(MembershipId, { MembershipId, GroupId, MemberId });
  return inStore(call, { MembershipId });
};

/** Whether somebody is in the directory, by what is looked up: a group's name, or a person's user name. */
type Knows = (name: string) => boolean;

/**
 * A directory in which whoever is looked up is found, made up where need be.
 * @param knows - other names are not there @default - everybody is
 */
export const identityStoreOf = (knows: Knows = () => true): Gap => {
  const lookedUp = <Found>(call: JsonCall, what: string, find: (name: string) => Found): Found =>
    found(knows(asked(call)) ? find(asked(call)) : undefined, what);
  return jsonGap({
    name: "identity-store",
    service: "identitystore",
    description:
      "The identity store of IAM Identity Center: groups and memberships are kept and read back; people and groups that are looked up are made up.",
    operations: {
      CreateGroup: createGroup,
      DescribeGroup: (call) => inStore(call, group(call)),
      GetGroupId: (call) => {
        const find = (DisplayName: string) => named(call, DisplayName) ?? newGroup(call, { DisplayName });
        return inStore(call, { GroupId: lookedUp(call, "GROUP", find).GroupId });
      },
      UpdateGroup: updateGroup,
      DeleteGroup: (call) => {
        groups(call).remove(group(call).GroupId);
        return {};
      },
      GetUserId: (call) => inStore(call, { UserId: lookedUp(call, "USER", (name) => userNamed(call, name)).UserId }),
      DescribeUser: (call) => inStore(call, found(users(call).get(String(call.json.UserId)), "USER")),
      CreateGroupMembership: createMembership,
      DescribeGroupMembership: (call) => inStore(call, membership(call)),
      DeleteGroupMembership: (call) => {
        memberships(call).remove(membership(call).MembershipId);
        return {};
      },
    },
  });
};

export const identityStore = identityStoreOf();
