import type { ImageFeatures } from "../contract/process";
import type { FeatureRecord } from "./feature-record";

/** Parquet types in which a value of TypeScript fits without loss. */
export type ParquetType<Value = unknown> = unknown extends Value
  ? "STRING" | "BOOLEAN" | "INT32" | "INT64" | "DOUBLE" | "LIST<STRING>" | "LIST<DOUBLE>"
  : Value extends string
    ? "STRING"
    : Value extends boolean
      ? "BOOLEAN"
      : Value extends number
        ? "INT32" | "INT64" | "DOUBLE"
        : Value extends readonly string[]
          ? "LIST<STRING>"
          : Value extends readonly number[]
            ? "LIST<DOUBLE>"
            : never;

/** One value of a record: its type, and whether it is null where it is unknown. */
export interface Column<Type extends ParquetType = ParquetType, Nullable extends boolean = boolean> {
  readonly type: Type;
  readonly nullable: Nullable;
}

type Structs = readonly object[];
type Plain = string | number | boolean | null | readonly string[] | readonly number[];

type Columns<Row> = {
  readonly [Name in keyof Row]-?: Row[Name] extends Plain
    ? Column<ParquetType<NonNullable<Row[Name]>>, null extends Row[Name] ? true : false>
    : Row[Name] extends Structs
      ? { readonly each: Columns<Row[Name][number]> }
      : Columns<Row[Name]>;
};

const required = <Type extends ParquetType>(type: Type) => ({ type, nullable: false }) as const;
const nullable = <Type extends ParquetType>(type: Type) => ({ type, nullable: true }) as const;

/** The columns below `features` of a feature record; docs/features.md describes each, and tests hold all three together. */
export const featureColumns: Columns<ImageFeatures> = {
  width: required("INT32"),
  height: required("INT32"),
  format: required("STRING"),
  bytes: required("INT64"),
  frames: required("INT32"),
  hasAlpha: required("BOOLEAN"),
  colourSpace: required("STRING"),
  dominantColours: required("LIST<STRING>"),
  dominantShares: required("LIST<DOUBLE>"),
  perceptualHash: required("STRING"),
  sharpness: required("DOUBLE"),
  entropy: required("DOUBLE"),
  meanBrightness: required("DOUBLE"),
  contrast: required("DOUBLE"),
  darkShare: required("DOUBLE"),
  brightShare: required("DOUBLE"),
  capturedAt: nullable("STRING"),
  exposureSeconds: nullable("DOUBLE"),
  fNumber: nullable("DOUBLE"),
  isoSpeed: nullable("INT32"),
};

/** All columns of a feature record, in its order: a struct as the map of its fields, a list of structs as `each` of them. */
export const recordColumns: Columns<FeatureRecord> = {
  recordVersion: required("INT32"),
  imageId: required("STRING"),
  source: required("STRING"),
  name: required("STRING"),
  receivedAt: required("STRING"),
  processedAt: required("STRING"),
  processingVersion: required("STRING"),
  original: { bucket: required("STRING"), key: required("STRING"), sizeBytes: required("INT64") },
  outputs: {
    each: {
      name: required("STRING"),
      contentType: required("STRING"),
      width: required("INT32"),
      height: required("INT32"),
      frames: required("INT32"),
      key: required("STRING"),
      sizeBytes: required("INT64"),
    },
  },
  features: featureColumns,
};
