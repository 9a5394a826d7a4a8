import type { Environment } from "../../../environments/schema";
import type { LeafChange } from "../leaf-changes";
import { counted, type Words } from "./words";

type Firewall = NonNullable<Environment["webApps"]["stream"]["firewall"]>;

const apps: Readonly<Record<string, string>> = { stream: "web app 1", upload: "web app 2" };
const limit = (requests: number): string => `${counted(requests, "request")} of one address in five minutes`;

/** A firewall that comes, goes, or lets more through. What lets more through is for a code owner to see. */
export function webAppsWords({ path, before, after }: LeafChange, environment: string): Words[] | undefined {
  const [section, part = "", setting, detail] = path;
  if (section !== "webApps" || setting !== "firewall") return undefined;
  const where = `${apps[part] ?? part} of ${environment}`;
  const wider = (words: string, widened: boolean): Words[] => [
    { words, ...(widened && { gate: "rights-widened" as const }) },
  ];
  if (detail === undefined) {
    if (after === undefined) return wider(`There is no firewall in front of ${where} any more.`, true);
    const { mode, requestsPerFiveMinutes } = after as Firewall;
    const does = mode === "block" ? "refuses" : "counts and lets through";
    return wider(
      `A firewall in front of ${where} ${does} known attacks and more than ${limit(requestsPerFiveMinutes)}.`,
      false,
    );
  }
  if (detail === "mode") {
    const words = after === "block" ? "refuses what it only counted before" : "only counts what it refused before";
    return wider(`The firewall in front of ${where} ${words}.`, after !== "block");
  }
  if (detail === "requestsPerFiveMinutes" && typeof before === "number" && typeof after === "number") {
    return wider(
      `The firewall in front of ${where} takes ${limit(after)} instead of ${before.toLocaleString("en-US")}.`,
      after > before,
    );
  }
  return undefined;
}
