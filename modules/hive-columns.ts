import { type Column, type ParquetType, recordColumns } from "../functions/common/feature-schema";

/** A column as Glue keeps it. */
export interface HiveColumn {
  readonly name: string;
  readonly type: string;
}

type Shape = Column | { readonly each: Struct } | Struct;
interface Struct {
  readonly [field: string]: Shape;
}

/** Types of Hive by those of Parquet (Athena User Guide, "Data types in Amazon Athena"). */
const plain: Readonly<Record<ParquetType, string>> = {
  STRING: "string",
  BOOLEAN: "boolean",
  INT32: "int",
  INT64: "bigint",
  DOUBLE: "double",
  "LIST<STRING>": "array<string>",
  "LIST<DOUBLE>": "array<double>",
};

const isColumn = (shape: Shape): shape is Column => typeof (shape as { type?: unknown }).type === "string";
const isList = (shape: Shape): shape is { readonly each: Struct } => "each" in shape && !isColumn(shape);

function hiveType(shape: Shape): string {
  if (isColumn(shape)) return plain[shape.type];
  if (isList(shape)) return `array<${hiveType(shape.each)}>`;
  const fields = Object.entries(shape).map(([name, field]) => `${name.toLowerCase()}:${hiveType(field)}`);
  return `struct<${fields.join(",")}>`;
}

/**
 * The columns of the table over feature records. Hive's names are lower-case; the SerDe reads the records' own spelling
 * (Athena User Guide, "OpenX JSON SerDe", case.insensitive).
 */
export const hiveColumns: readonly HiveColumn[] = Object.entries(recordColumns as Struct).map(([name, shape]) => ({
  name: name.toLowerCase(),
  type: hiveType(shape),
}));
