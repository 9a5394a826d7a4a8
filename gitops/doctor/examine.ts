import { checkFolder } from "../../environments/environment-files";
import { messageOf } from "../user-error";
import { callerOf } from "./caller";
import type { AccountCheck, GeneralCheck, Surroundings } from "./check";
import { access } from "./checks/access";
import { git } from "./checks/git";
import { githubSettings } from "./checks/github";
import { packages } from "./checks/packages";
import { pins } from "./checks/pins";
import { provider } from "./checks/provider";
import { records } from "./checks/records";
import { settingsFindings } from "./checks/settings";
import { states } from "./checks/states";
import { tools } from "./checks/tools";
import { type Finding, type TitledFinding, unchecked } from "./finding";

const general: readonly GeneralCheck[] = [tools, packages, provider, git, pins, githubSettings];
const ofAccount: readonly AccountCheck[] = [states, records, access];

/** What is examined. */
export interface Examination extends Surroundings {
  readonly environmentsFolder: string;
  /** Names of environments; all when there are none. */
  readonly names: readonly string[];
  /** Look at the local account in place of AWS. */
  readonly localAccount: boolean;
}

/** Looks at everything, changes nothing, and tells all of it: one broken thing hides no other. */
export async function examine(examination: Examination): Promise<TitledFinding[]> {
  const { environmentsFolder, root, names, now } = examination;
  const looked = general.map((check) => titled(check.title, undefined, () => check.look(examination)));
  const settings = settingsFindings(environmentsFolder, root, names, now);
  const sound = checkFolder(environmentsFolder, now)
    .filter(({ name }) => names.length === 0 || names.includes(name))
    .flatMap(({ environment }) => environment ?? []);
  const sites = sound.map(async (environment) => {
    const { name } = environment;
    const caller = await callerOf(environment, examination);
    const about = await titled("account", name, async () => [caller.finding]);
    const { env } = caller;
    if (env === undefined) return about;
    const site = { ...examination, environment, caller: { ...caller, env } };
    const further = ofAccount.map((check) => titled(check.title, name, () => check.look(site)));
    return [...about, ...(await Promise.all(further)).flat()];
  });
  return [...(await Promise.all(looked)).flat(), ...settings, ...(await Promise.all(sites)).flat()];
}

async function titled(
  check: string,
  environment: string | undefined,
  look: () => Promise<readonly Finding[]>,
): Promise<TitledFinding[]> {
  const about = { check, ...(environment !== undefined && { environment }) };
  try {
    return (await look()).map((finding) => ({ ...finding, ...about }));
  } catch (error) {
    return [{ ...unchecked(`could not be looked at: ${messageOf(error)}`), ...about }];
  }
}
