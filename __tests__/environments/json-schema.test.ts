import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { jsonSchemaFile, jsonSchemaText } from "../../environments/json-schema";
import { repositoryFolder } from "../../environments/repository";

interface Node {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
}
const schema = JSON.parse(jsonSchemaText()) as Node;

it("is committed as the settings' schema makes it: npm run settings -- schema", () => {
  expect(readFileSync(jsonSchemaFile(), "utf8")).toBe(jsonSchemaText());
});

function properties(node: Node, path: string): { readonly path: string; readonly node: Node }[] {
  const inner = Object.entries(node.properties ?? {}).flatMap(([name, property]) => [
    { path: `${path}${path ? "." : ""}${name}`, node: property },
    ...properties(property, `${path}${path ? "." : ""}${name}`),
  ]);
  const others = [node.items, ...(node.anyOf ?? []), ...(node.oneOf ?? [])].filter((other) => other !== undefined);
  return [...inner, ...others.flatMap((other) => properties(other, path))];
}

it("describes every setting", () => {
  const all = properties(schema, "");
  expect(all.length).toBeGreaterThan(60);
  expect(all.filter(({ node }) => !node.description).map(({ path }) => path)).toEqual([]);
});

it("has every setting on the administrator's page", () => {
  const page = readFileSync(join(repositoryFolder(), "docs", "settings.md"), "utf8");
  const names = properties(schema, "").filter(({ node }) => !node.properties && !node.items?.properties);
  expect(
    names.map(({ path }) => path.split(".").at(-1)).filter((name) => name === undefined || !page.includes(name)),
  ).toEqual([]);
});

const validate = new Ajv({ formats: { email: true }, keywords: ["patternErrorMessage"] }).compile(schema);

it("refuses unknown settings in an editor", () => {
  validate({ colour: "blue" });
  expect(validate.errors?.map(({ keyword }) => keyword)).toEqual(["required"]);
  expect(schema).toMatchObject({ additionalProperties: false });
});

it("tells editors the ranges of numbers and the words for a text that does not fit", () => {
  expect(schema.properties?.retention?.properties?.processedDays).toMatchObject({
    type: "integer",
    minimum: 1,
    maximum: 3650,
  });
  expect(schema.properties?.account).toMatchObject({
    patternErrorMessage: "Expected the 12 digits of an AWS account, in quotes.",
  });
  expect(schema.properties?.network?.properties?.interfaceEndpoints).toMatchObject({ uniqueItems: true });
});
