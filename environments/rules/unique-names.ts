import type { SettingFault, SettingPath } from "../faults/fault";

/** A fault for every name of a list that an earlier entry has already. */
export function* repeatedNames(
  list: SettingPath,
  named: readonly { readonly name: string }[],
): Generator<SettingFault> {
  const names = named.map(({ name }) => name);
  for (const [index, name] of names.entries()) {
    if (names.indexOf(name) === index) continue;
    const expected = "a name that no other entry of the list has";
    yield { path: [...list, index, "name"], expected, toDo: "Rename one of the two." };
  }
}
