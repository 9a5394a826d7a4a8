import type { SettingFault, SettingPath } from "./fault";

/** A fault, and for a misspelt key the setting that was probably meant. */
export interface Explained extends SettingFault {
  readonly instead?: SettingPath | undefined;
}
