import type { ImageFeatures } from "../contract/process";

/** Parquet types in which a value of TypeScript fits without loss. */
type ParquetType<Value> = Value extends string
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

type Columns<Row> = {
  readonly [Name in keyof Row]-?: {
    readonly type: ParquetType<NonNullable<Row[Name]>>;
    readonly nullable: null extends Row[Name] ? true : false;
  };
};

const required = <Type extends string>(type: Type) => ({ type, nullable: false }) as const;
const nullable = <Type extends string>(type: Type) => ({ type, nullable: true }) as const;

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
