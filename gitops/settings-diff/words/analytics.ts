import type { Environment } from "../../../environments/schema";
import { acceleratorsOf } from "../../../functions/common/accelerators";
import type { LeafChange } from "../leaf-changes";
import { counted, listed, type Words } from "./words";

type Group = Environment["analytics"]["groups"][number];

/** Accelerators are told apart: their instance types cost most (SageMaker pricing, "Accelerated computing"). */
const instances = (types: readonly string[]): string =>
  listed(types.map((type) => (acceleratorsOf(type) > 0 ? `${type} (accelerator)` : type)));

const spoken = (words: readonly string[]): string => listed(words.map((word) => word.replaceAll("-", " ")));

/** Lists of rights, and what a group may do with an entry of each. */
const rights: Readonly<Record<string, (group: string, may: string, entries: readonly string[]) => string>> = {
  access: (group, may, entries) => `${group} ${may} use ${spoken(entries)}.`,
  data: (group, may, entries) => `${group} ${may} read ${spoken(entries)}.`,
  instanceTypes: (group, may, entries) => `${group} ${may} start ${instances(entries)}.`,
};

/** Numbers of a group; more of it is a wider right, except for the budget, which only alerts. */
const numbers: Readonly<Record<string, (group: string, after: number, before: number) => string>> = {
  maxRuntimeHours: (group, after, before) =>
    `One job of ${group} may run ${counted(after, "hour")} instead of ${before.toLocaleString("en-US")}.`,
  sessionHours: (group, after, before) =>
    `A sign-in of ${group} lasts ${counted(after, "hour")} instead of ${before.toLocaleString("en-US")}.`,
  monthlyBudgetUsd: (group, after, before) =>
    `The budget of ${group} is ${counted(after, "US dollar")} a month instead of ${before.toLocaleString("en-US")}: it alerts, it does not stop anything.`,
};

/** What a group of the analytics team may do after a change that it could not before, or no longer. */
export function analyticsWords({ path, before, after }: LeafChange): Words[] | undefined {
  const [section, list, entry = "", setting = ""] = path;
  if (section === "analytics" && list === "prebuiltModels") return models(before, after);
  if (section !== "analytics" || list !== "groups") return undefined;
  const group = entry.slice(1, -1);
  if (setting === "") return whole(group, before as Group | undefined, after as Group | undefined);
  if (setting === "people") return changedPeople(group, before, after);
  if (setting === "dailyGpuHours") return [{ words: gpuHours(group, before, after) }];
  const right = rights[setting];
  if (right !== undefined && Array.isArray(before) && Array.isArray(after)) {
    return changedList(group, right, before, after);
  }
  const number = numbers[setting];
  if (number === undefined || typeof before !== "number" || typeof after !== "number") return undefined;
  const widened = setting !== "monthlyBudgetUsd" && after > before;
  return [{ words: number(group, after, before), ...(widened && { gate: "rights-widened" as const }) }];
}

function whole(group: string, before: Group | undefined, after: Group | undefined): Words[] {
  if (after === undefined) return [{ words: `${group} is no longer a group: its rights and its budget are gone.` }];
  if (before !== undefined) return [];
  const { access, dailyGpuHours, data, instanceTypes, maxRuntimeHours, monthlyBudgetUsd, people = [] } = after;
  const may = [
    ...(access.length > 0 ? [`use ${spoken(access)}`] : []),
    ...(data.length > 0 ? [`read ${spoken(data)}`] : []),
    `start ${instances(instanceTypes)} for up to ${counted(maxRuntimeHours, "hour")} a job`,
  ];
  const budget = `Its budget is ${counted(monthlyBudgetUsd, "US dollar")} a month.`;
  const alarm = dailyGpuHours === undefined ? "" : ` ${gpuHours(group, undefined, dailyGpuHours)}`;
  const members = people.length === 0 ? "" : ` ${listed(people)} may sign in as one of it.`;
  return [
    { words: `${group} is a new group: it may ${may.join("; ")}. ${budget}${alarm}${members}`, gate: "rights-widened" },
  ];
}

/** An alarm, which stops nothing; left out there is none. */
function gpuHours(group: string, before: unknown, after: unknown): string {
  if (typeof after !== "number") return `People are no longer told how long GPUs of ${group} run.`;
  const now = `GPUs of ${group} run longer than ${counted(after, "hour")} within 24 hours`;
  return typeof before === "number"
    ? `People are told when ${now} instead of ${before.toLocaleString("en-US")}.`
    : `People are now told when ${now}.`;
}

/** People of a group; left out is nobody. */
function changedPeople(group: string, before: unknown, after: unknown): Words[] {
  const lists = [before, after].map((list) => (Array.isArray(list) ? list.map(String) : []));
  return changedList(
    group,
    (name, may, people) => `${listed(people)} ${may} sign in as one of ${name}.`,
    lists[0] ?? [],
    lists[1] ?? [],
  );
}

/** Without a list every model may be used, so that a list that goes widens rights and one that comes narrows them. */
function models(before: unknown, after: unknown): Words[] {
  const gate = "rights-widened" as const;
  if (!Array.isArray(after))
    return [{ words: "Groups with prebuilt models may now use every model of JumpStart.", gate }];
  const say = (group: string, may: string, entries: readonly string[]) => `${group} ${may} use ${listed(entries)}.`;
  if (Array.isArray(before)) return changedList("Groups with prebuilt models", say, before, after);
  const left = after.length > 0 ? `may now use ${listed(after)} alone` : "may no longer use any";
  return [{ words: `Groups with prebuilt models ${left}.` }];
}

function changedList(
  group: string,
  say: (group: string, may: string, entries: readonly string[]) => string,
  before: readonly string[],
  after: readonly string[],
): Words[] {
  const added = after.filter((entry) => !before.includes(entry));
  const removed = before.filter((entry) => !after.includes(entry));
  return [
    ...(added.length > 0 ? [{ words: say(group, "may now", added), gate: "rights-widened" as const }] : []),
    ...(removed.length > 0 ? [{ words: say(group, "may no longer", removed) }] : []),
  ];
}
