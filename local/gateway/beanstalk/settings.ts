import { entriesOf, type Form } from "../form";
import type { Setting } from "./resource";

const settingOf = (form: Form): Setting => ({
  Namespace: form.get("Namespace") ?? "",
  OptionName: form.get("OptionName") ?? "",
  ...(form.has("ResourceName") ? { ResourceName: form.get("ResourceName") ?? "" } : {}),
  ...(form.has("Value") ? { Value: form.get("Value") ?? "" } : {}),
});

const identity = ({ Namespace, OptionName, ResourceName = "" }: Setting): string =>
  JSON.stringify([Namespace, OptionName, ResourceName]);

/** The settings after a call: `OptionsToRemove` leave, `OptionSettings` replace or join. */
export const settingsAfter = (was: readonly Setting[], form: Form): Setting[] => {
  const settings = new Map(was.map((setting) => [identity(setting), setting]));
  for (const removed of entriesOf(form, "OptionsToRemove.member")) settings.delete(identity(settingOf(removed)));
  for (const set of entriesOf(form, "OptionSettings.member").map(settingOf)) settings.set(identity(set), set);
  return [...settings.values()];
};
