/** What the starter notebooks of an environment are told. */
export interface StarterSettings {
  /** `s3://<bucket>/notebooks/` where the notebooks are fetched. */
  readonly starter: string;
  /** Begins the names of groups' roles; the name of the group follows. */
  readonly rolePrefix: string;
  /** Variables that all groups have. */
  readonly common: Readonly<Record<string, string>>;
  /** Further variables by group. */
  readonly groups: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Values are names, places and lists of them; whatever a shell would read otherwise is a fault of ours. */
const plainValue = /^[\w./:@,-]*$/;

function echoes(variables: Readonly<Record<string, string>>): string[] {
  return Object.entries(variables).map(([name, value]) => {
    if (!plainValue.test(value)) throw new Error(`${name}: expected letters, digits and ./:@,-_ only, got "${value}".`);
    return `echo "${name}=${value}"`;
  });
}

/**
 * The script of Studio's start: settings, then what is the same everywhere.
 * @param body - content of `notebooks/start.sh`.
 * @throws Error when a value is not plain.
 */
export function starterScript({ starter, rolePrefix, common, groups }: StarterSettings, body: string): string {
  const cases = Object.entries(groups).flatMap(([group, variables]) => [
    `    ${group})`,
    ...echoes(variables).map((line) => `      ${line}`),
    "      ;;",
  ]);
  return [
    "#!/bin/bash",
    `starter="${starter}"`,
    `role_prefix="${rolePrefix}"`,
    "common_settings() {",
    ...echoes(common).map((line) => `  ${line}`),
    "}",
    "group_settings() {",
    '  case "$1" in',
    ...cases,
    "    *) ;;",
    "  esac",
    "}",
    body,
  ].join("\n");
}
