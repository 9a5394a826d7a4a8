import { AwsError } from "../gap";
import { type JsonCall, jsonGap } from "../operation-gap";
import { page } from "../sagemaker/page";
import { arnOf, found, type Json, keepTags, seconds, tagsOf } from "../sagemaker/resource";

const spaces = ({ context }: JsonCall) => context.state<Json>("spaces");
const apps = ({ context }: JsonCall) => context.state<Json>("apps");
const spaceKey = ({ json }: JsonCall): string => `${json.DomainId}/${json.SpaceName}`;
/** An app is in a space, or a person's own. */
const appKey = ({ json }: JsonCall): string =>
  [json.DomainId, json.SpaceName ?? json.UserProfileName, json.AppType, json.AppName].join("/");
const space = (call: JsonCall): Json => found(spaces(call).get(spaceKey(call)), `Space ${spaceKey(call)}`);
const app = (call: JsonCall): Json => found(apps(call).get(appKey(call)), `App ${appKey(call)}`);

/** What an app is in has to be there (SageMaker API reference, CreateApp). */
const home = (call: JsonCall): Json => {
  const { DomainId, SpaceName, UserProfileName } = call.json;
  if (SpaceName !== undefined) return space(call);
  const key = `${DomainId}/${UserProfileName}`;
  return found(call.context.state<Json>("user-profiles").get(key), `UserProfile ${key}`);
};

export const sagemakerSpaces = jsonGap({
  name: "sagemaker-spaces",
  service: "sagemaker",
  description:
    "Spaces of SageMaker Studio domains and the apps in them: kept and read back as in service; none can be opened.",
  operations: {
    CreateSpace: (call) => {
      found(call.context.state("domains").get(String(call.json.DomainId)), `Domain ${call.json.DomainId}`);
      const { Tags: _, ...settings } = call.json;
      const arn = arnOf(call, `space/${spaceKey(call)}`);
      const made = { Status: "InService", CreationTime: seconds(call), LastModifiedTime: seconds(call) };
      spaces(call).put(spaceKey(call), { ...settings, ...made, SpaceArn: arn });
      keepTags(call, arn);
      return { SpaceArn: arn };
    },
    DescribeSpace: space,
    DeleteSpace: (call) => {
      const { SpaceArn, SpaceName, DomainId } = space(call);
      const used = apps(call)
        .all()
        .some((other) => other.SpaceName === SpaceName && other.DomainId === DomainId);
      if (used)
        throw new AwsError("ResourceInUse", `Unable to delete Space ${SpaceName} because App(s) are associated.`);
      spaces(call).remove(spaceKey(call));
      tagsOf(call).remove(String(SpaceArn));
      return {};
    },
    CreateApp: (call) => {
      home(call);
      const { Tags: _, ...settings } = call.json;
      const arn = arnOf(call, `app/${appKey(call)}`);
      apps(call).put(appKey(call), { ...settings, Status: "InService", CreationTime: seconds(call), AppArn: arn });
      keepTags(call, arn);
      return { AppArn: arn };
    },
    DescribeApp: app,
    DeleteApp: (call) => {
      tagsOf(call).remove(String(app(call).AppArn));
      apps(call).remove(appKey(call));
      return {};
    },
    ListApps: (call) => {
      const { DomainIdEquals, SpaceNameEquals, UserProfileNameEquals } = call.json;
      const all = apps(call)
        .all()
        .filter(({ DomainId }) => [undefined, DomainId].includes(DomainIdEquals))
        .filter(({ SpaceName }) => [undefined, SpaceName].includes(SpaceNameEquals))
        .filter(({ UserProfileName }) => [undefined, UserProfileName].includes(UserProfileNameEquals));
      const { items, ...rest } = page(call, all);
      return { Apps: items.map(({ AppArn: _, ...details }) => details), ...rest };
    },
  },
});
