import type { Environment } from "../../environments/schema";
import { privilegesOf } from "./privileges";
import { properKeys } from "./proper-keys";
import type { RolePolicies } from "./role-policies";
import { type Decision, type Request, simulate } from "./simulate";

/** What a request made properly is answered, and the keys that were added to it. */
export function answer(rights: RolePolicies, request: Request): Decision & { readonly keys: Request["keys"] } {
  const keys = { ...properKeys(rights.policies, request), ...request.keys };
  return { ...simulate(rights.policies, rights.boundary, { ...request, keys }), keys };
}

type Settings = Pick<Environment, "name" | "account" | "region" | "analytics">;

/** Hours that the administrator can set (environments/settings/analytics.ts). */
const hours = Array.from({ length: 120 }, (_, index) => 120 - index);

/** What a group may do in the administrator's words: what its policies let through when they are asked, not what the file says. */
export function accessOfGroup(environment: Settings, group: string, rights: RolePolicies): string[] {
  const privileges = privilegesOf(environment, group);
  const may = (request: Request) => answer(rights, request).allowed;
  const has = (name: string) => privileges[name]?.requests.every(may) ?? false;
  const granted = Object.keys(privileges).filter(has);
  const starting = granted
    .flatMap((name) => privileges[name]?.requests ?? [])
    .filter(({ action }) => /:Create/.test(action));
  const types = [...new Set(environment.analytics.groups.flatMap(({ instanceTypes }) => instanceTypes))];
  const started = types.filter((type) =>
    starting.some((request) => may({ ...request, keys: { ...request.keys, "sagemaker:InstanceTypes": type } })),
  );
  const [job] = has("training") ? (privileges.training?.requests ?? []) : [];
  const longest =
    job && hours.find((count) => may({ ...job, keys: { "sagemaker:MaxRuntimeInSeconds": String(count * 3600) } }));
  return [
    ...granted.map((name) => privileges[name]?.words ?? name),
    ...(starting.length > 0 ? started.map((type) => `start ${type}`) : []),
    ...(longest === undefined ? [] : [`run one job for up to ${longest} ${longest === 1 ? "hour" : "hours"}`]),
  ];
}
