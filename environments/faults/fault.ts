/** Where a setting is: `["analytics", "groups", 0, "name"]`. Empty: the whole file. */
export type SettingPath = readonly (string | number)[];

/** A fault as schema and rules find it, before its position in the file is known. */
export interface SettingFault {
  readonly path: SettingPath;
  /** What should be there, as it follows "expected". */
  readonly expected: string;
  /** What is there, as it follows "but". @default - worked out from the value at `path` */
  readonly came?: string;
  /** What to do, as whole sentences. */
  readonly toDo: string;
  /** Report at the key instead of at the value. @default false */
  readonly atKey?: boolean;
}

/** A fault with its position: all there is to say about it. */
export interface Fault {
  /** `environments/prod.yaml` */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** `analytics.groups[0].name`; "" is the whole file. */
  readonly path: string;
  readonly expected: string;
  readonly came: string;
  readonly toDo: string;
}

/** `analytics.groups[0].name` */
export function pathText(path: SettingPath): string {
  return path
    .map((step, index) => (typeof step === "number" ? `[${step}]` : `${index === 0 ? "" : "."}${step}`))
    .join("");
}

/** `environments/prod.yaml:12:18 retention.processedDays: expected …, but got …. Write the number alone: 30.` */
export function faultText(fault: Fault): string {
  const place = `${fault.file}:${fault.line}:${fault.column}${fault.path === "" ? "" : ` ${fault.path}`}`;
  return `${place}: expected ${fault.expected}, but ${fault.came}. ${fault.toDo}`;
}
