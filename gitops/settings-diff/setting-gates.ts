import type { Gate } from "../review/gate";
import type { SettingChange } from "./setting-change";

/** What of changed settings a code owner has to let pass. */
export const gatesOfSettings = (settings: readonly SettingChange[]): Gate[] =>
  settings.flatMap(({ gate, environment, setting, words }) =>
    gate === undefined ? [] : [{ kind: gate, subject: `${environment}: ${setting}`, words }],
  );
