import { AwsError } from "../gap";
import { type JsonCall, jsonGap } from "../operation-gap";
import { arnOf, found, type Json, keepTags, merged, newId, seconds, tagsOf } from "../sagemaker/resource";

interface Profile extends Json {
  readonly DomainId: string;
  readonly UserProfileName: string;
  readonly UserProfileArn: string;
}

const profiles = ({ context }: JsonCall) => context.state<Profile>("user-profiles");
const keyOf = ({ json }: JsonCall): string => `${json.DomainId}/${json.UserProfileName}`;
const profile = (call: JsonCall): Profile => found(profiles(call).get(keyOf(call)), `UserProfile ${keyOf(call)}`);

/** A domain of IAM Identity Center wants to be told who there it is; any other takes no word of it (SageMaker API reference, CreateUserProfile). */
const signsIn = (sso: boolean, { SingleSignOnUserIdentifier, SingleSignOnUserValue }: Json): void => {
  if ([SingleSignOnUserIdentifier, SingleSignOnUserValue].every((value) => (value !== undefined) === sso)) return;
  const what = sso ? "required where the Domain's AuthMode is SSO" : "allowed only where the Domain's AuthMode is SSO";
  throw new AwsError("ValidationException", `SingleSignOnUserIdentifier and SingleSignOnUserValue are ${what}.`);
};

const create = (call: JsonCall): object => {
  const { Tags: _, ...settings } = call.json;
  const { AuthMode } = found(
    call.context.state<Json>("domains").get(String(settings.DomainId)),
    `Domain ${settings.DomainId}`,
  );
  signsIn(AuthMode === "SSO", settings);
  const arn = arnOf(call, `user-profile/${keyOf(call)}`);
  profiles(call).put(keyOf(call), {
    ...settings,
    DomainId: String(settings.DomainId),
    UserProfileName: String(settings.UserProfileName),
    UserProfileArn: arn,
    Status: "InService",
    HomeEfsFileSystemUid: newId("uid"),
    CreationTime: seconds(call),
    LastModifiedTime: seconds(call),
  });
  keepTags(call, arn);
  return { UserProfileArn: arn };
};

const update = (call: JsonCall): object => {
  const was = profile(call);
  profiles(call).put(keyOf(call), merged(was, { ...call.json, LastModifiedTime: seconds(call) }) as Profile);
  return { UserProfileArn: was.UserProfileArn };
};

const remove = (call: JsonCall): object => {
  tagsOf(call).remove(profile(call).UserProfileArn);
  profiles(call).remove(keyOf(call));
  return {};
};

export const sagemakerUserProfiles = jsonGap({
  name: "sagemaker-user-profiles",
  service: "sagemaker",
  description: "User profiles of SageMaker Studio domains.",
  operations: {
    CreateUserProfile: create,
    DescribeUserProfile: profile,
    UpdateUserProfile: update,
    DeleteUserProfile: remove,
    ListUserProfiles: (call) => ({
      UserProfiles: profiles(call)
        .all()
        .filter(({ DomainId }) => [undefined, DomainId].includes(call.json.DomainIdEquals as string | undefined)),
    }),
  },
});
