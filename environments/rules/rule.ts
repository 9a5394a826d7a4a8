import type { SettingFault } from "../faults/fault";
import type { Environment, EnvironmentSettings } from "../schema";

type Section = keyof EnvironmentSettings;

/** What settings have to be to each other, beyond what each has to be by itself. */
export interface Rule {
  /** Sections the rule reads; it is asked only when they are sound. */
  readonly sections: readonly Section[];
  readonly check: (settings: Environment, now: Date) => Iterable<SettingFault>;
}

/** A rule that reads `sections` and, as the types see to, nothing else. */
export function rule<Read extends Section>(
  sections: readonly Read[],
  check: (settings: Pick<Environment, Read | "name">, now: Date) => Iterable<SettingFault>,
): Rule {
  return { sections, check };
}
