import { readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { featureRecord } from "../../../functions/common/feature-record";
import { recordColumns } from "../../../functions/common/feature-schema";
import { processImage } from "../../../functions/common/process-image";
import { process } from "../../../functions/processing";
import { sourceOf } from "../../../functions/stream/sources";
import { deploy, inline } from "../flow";
import { context, noise, twoHalves } from "../images";

interface Column {
  readonly name: string;
  readonly type: string;
  readonly range: string;
  readonly nullable: boolean;
}

const markdown = readFileSync(join(__dirname, "../../../docs/features.md"), "utf8");

const columns: readonly Column[] = markdown.split("\n").flatMap((line) => {
  const [, name, type = "", , range = "", nullable] = line.split("|").map((cell) => cell.trim());
  if (name === undefined || !/^`[\w.[\]]+`$/.test(name)) return [];
  const plain = type.replace("&lt;", "<").replace("&gt;", ">");
  return [{ name: name.replaceAll("`", ""), type: plain, range, nullable: nullable === "yes" }];
});

const list = (value: unknown, item: (value: unknown) => boolean) => Array.isArray(value) && value.every(item);
const whole = (value: unknown, bits: number) =>
  Number.isSafeInteger(value) && Math.abs(Number(value)) < 2 ** (bits - 1);
const isDouble = (value: unknown) => typeof value === "number" && Number.isFinite(value);
const isText = (value: unknown) => typeof value === "string";

/** What fits into a type of Parquet without loss. */
const fits: Readonly<Record<string, (value: unknown) => boolean>> = {
  STRING: isText,
  BOOLEAN: (value) => typeof value === "boolean",
  INT32: (value) => whole(value, 32),
  INT64: (value) => whole(value, 54),
  DOUBLE: isDouble,
  "LIST<STRING>": (value) => list(value, isText),
  "LIST<DOUBLE>": (value) => list(value, isDouble),
};

/** Names and values as the table has them: structs with a point, items of lists of structs with `[]`. */
function cells(value: unknown, name = ""): (readonly [string, unknown])[] {
  if (Array.isArray(value) && value.some((item) => typeof item === "object")) {
    return value.flatMap((item) => cells(item, `${name}[]`));
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [[name, value]];
  return Object.entries(value).flatMap(([key, inner]) => cells(inner, name === "" ? key : `${name}.${key}`));
}

/** Columns of the code, named as the table names them. */
function leaves(shape: object, name = ""): (readonly [string, unknown])[] {
  if ("nullable" in shape) return [[name, shape]];
  if ("each" in shape) return leaves(shape.each as object, `${name}[]`);
  return Object.entries(shape).flatMap(([key, inner]) => leaves(inner, name === "" ? key : `${name}.${key}`));
}

function faultOf({ name, type, range, nullable }: Column, value: unknown): string[] {
  if (value === null) return nullable ? [] : [`${name} is null`];
  if (!fits[type]?.(value)) return [`${name}: ${JSON.stringify(value)} does not fit into ${type}`];
  const [, least, most] = /^([\d.]+)(?: to ([\d.]+))?$/.exec(range) ?? [];
  const outside = (each: unknown) => Number(each) < Number(least) || Number(each) > Number(most ?? least);
  return least !== undefined && [value].flat().some(outside)
    ? [`${name}: ${String(value)} is outside of ${range}`]
    : [];
}

async function recordOf(bytes: Uint8Array): Promise<unknown> {
  const dependencies = deploy();
  await processImage(sourceOf(inline("a", bytes), dependencies), 20, dependencies);
  const [key = ""] = dependencies.store.keys("processed").filter((name) => name.startsWith("features/"));
  return dependencies.store.json("processed", key);
}

const exif = {
  DateTimeOriginal: "2024:05:01 12:00:00",
  ExposureTime: "1/125",
  FNumber: "28/10",
  ISOSpeedRatings: "400",
};

describe("docs/features.md, the types of the code and real records agree", () => {
  it.each([
    ["a photograph with EXIF", () => noise().jpeg().withExif({ IFD2: exif }).toBuffer()],
    ["a picture without", () => twoHalves().png().toBuffer()],
    [
      "one pixel",
      () =>
        sharp(Buffer.from([0]), { raw: { width: 1, height: 1, channels: 1 } })
          .png()
          .toBuffer(),
    ],
  ])("%s has every column of the table and no other, of the type and in the range the table says", async (_, make) => {
    const found = cells(await recordOf(await make()));
    expect([...new Set(found.map(([name]) => name))]).toEqual(columns.map(({ name }) => name));
    const faults = columns.flatMap((column) =>
      found.filter(([name]) => name === column.name).flatMap(([, value]) => faultOf(column, value)),
    );
    expect(faults).toEqual([]);
  });

  it("the columns have the types and nulls of the code, in its order", () => {
    expect(columns.map(({ name, type, nullable }) => [name, { type, nullable }])).toEqual(leaves(recordColumns));
  });

  it("the example is a record: every column of it, in order", () => {
    const [, example = ""] = /```json\n(.*?)```/s.exec(markdown) ?? [];
    const found = cells(JSON.parse(example));
    expect(found.map(([name]) => name)).toEqual(columns.map(({ name }) => name));
    expect(columns.flatMap((column, index) => faultOf(column, found[index]?.[1]))).toEqual([]);
  });

  it("the table of Athena has the same columns and types", () => {
    const types: Readonly<Record<string, string>> = {
      STRING: "string",
      BOOLEAN: "boolean",
      INT32: "int",
      INT64: "bigint",
      DOUBLE: "double",
      "LIST<STRING>": "array<string>",
      "LIST<DOUBLE>": "array<double>",
    };
    const [, statement = ""] = /```sql\n(CREATE.*?)\nPARTITIONED/s.exec(markdown) ?? [];
    const flat = statement.replaceAll(/\s+/g, " ");
    for (const { name, type } of columns) {
      const column = name
        .split(/[.[\]]+/)
        .at(-1)
        ?.toLowerCase();
      expect(flat).toMatch(new RegExp(`\\b${column}[ :]${types[type]}[,>) ]`));
    }
    expect(flat.match(/\w+[ :](?:string|boolean|int|bigint|double|array<(?:string|double)>)/g)).toHaveLength(
      columns.length,
    );
  });
});

it("a record is one line of JSON with the identity, the outputs' keys and the features", async () => {
  const image = sourceOf(inline("a", await twoHalves().png().toBuffer()), deploy());
  const bytes = await twoHalves().png().toBuffer();
  const result = await process({ bytes, id: "a", name: "a" }, context);
  const record = featureRecord(image, { bucket: "uploads", key: "originals/a" }, result, {
    version: "0123456789ab",
    sizeBytes: 5,
    processedAt: new Date("2026-02-01T10:00:00Z"),
  });
  expect(record).toMatchObject({ recordVersion: 1, imageId: "a", features: result.features });
  expect(record.outputs.map(({ key }) => key)).toEqual([
    "images/dt=2026-01-31/a/0123456789ab/web.jpg",
    "images/dt=2026-01-31/a/0123456789ab/thumbnail.webp",
  ]);
});
