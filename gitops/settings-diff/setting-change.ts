/** Why a code owner has to look at a change of a setting, beyond reading the plan. */
export type SettingGate = "environment-removed" | "public-exposure" | "retention-shortened" | "rights-widened";

/** One thing an administrator changed, in words for people who never see the code. */
export interface SettingChange {
  readonly environment: string;
  /** Where it stands in the file, entries of lists by their name: `analytics.groups[image-analysts].access`. */
  readonly setting: string;
  /** One to three sentences. */
  readonly words: string;
  readonly gate?: SettingGate;
}
