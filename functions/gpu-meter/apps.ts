import {
  type AppDetails,
  DescribeSpaceCommand,
  DescribeUserProfileCommand,
  paginateListApps,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { acceleratorsOf } from "../common/accelerators";
import type { GpuMeterEnvironment } from "./environment";
import type { Running } from "./running";
import { unlessGone } from "./unless-gone";

const pageSize = 100;

/** Studio's apps on instances with GPUs; each belongs to the group in whose role its owner works. */
export async function* runningApps(client: SageMakerClient, settings: GpuMeterEnvironment): AsyncGenerator<Running> {
  const DomainIdEquals = settings.domainId;
  for await (const { Apps = [] } of paginateListApps({ client, pageSize }, { DomainIdEquals })) {
    for (const app of Apps) {
      const type = app.ResourceSpec?.InstanceType;
      // Most apps have no GPU, and nobody need be asked whose they are.
      if (app.Status !== "InService" || type === undefined || acceleratorsOf(type) === 0) continue;
      const owner = await ownerOf(client, app);
      const group = owner === undefined ? undefined : await groupOf(client, settings, owner);
      const name = `${app.SpaceName ?? app.UserProfileName}/${app.AppName}`;
      yield { kind: "app", name, instances: [{ type, count: 1 }], group };
    }
  }
}

/** An app is in a private space, which has an owner, in a shared one, which has none, or a person's own. */
async function ownerOf(client: SageMakerClient, app: AppDetails): Promise<string | undefined> {
  const { DomainId, SpaceName, UserProfileName } = app;
  if (SpaceName === undefined) return UserProfileName;
  const space = await unlessGone(client.send(new DescribeSpaceCommand({ DomainId, SpaceName })));
  return space?.OwnershipSettings?.OwnerUserProfileName;
}

async function groupOf(
  client: SageMakerClient,
  { domainId: DomainId, groups, rolePrefix }: GpuMeterEnvironment,
  UserProfileName: string,
): Promise<string | undefined> {
  const profile = await unlessGone(client.send(new DescribeUserProfileCommand({ DomainId, UserProfileName })));
  const role = profile?.UserSettings?.ExecutionRole?.split("/").at(-1);
  return groups.find((group) => role === `${rolePrefix}${group}`);
}
