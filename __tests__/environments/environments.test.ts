import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { isMap, isScalar, isSeq, type Node, type Pair, parse, parseDocument } from "yaml";
import { environmentsFolder } from "../../environments/environment-files";
import { jsonSchemaText } from "../../environments/json-schema";
import { loadEnvironments } from "../../environments/load";

const names = ["dev", "local", "prod", "staging"];
const textOf = (name: string) => readFileSync(join(environmentsFolder(), `${name}.yaml`), "utf8");

it("finds the four environments, all of them sound", () => {
  expect(loadEnvironments().map(({ name }) => name)).toEqual(names);
});

it("gives every environment an account and a network of its own", () => {
  const environments = loadEnvironments();
  expect(new Set(environments.map(({ account }) => account)).size).toBe(4);
  expect(new Set(environments.map(({ network }) => network.cidr)).size).toBe(4);
});

it.each(names)("tells editors of the JSON Schema on the first line of %s.yaml", (name) => {
  expect(textOf(name).split("\n")[0]).toBe("# yaml-language-server: $schema=./environment.schema.json");
});

it.each(names)("finds %s.yaml right by the JSON Schema", (name) => {
  const ajv = new Ajv({ allErrors: true, formats: { email: true }, keywords: ["patternErrorMessage"] });
  const validate = ajv.compile(JSON.parse(jsonSchemaText()));
  validate(parse(textOf(name)));
  expect(validate.errors).toBeNull();
});

/** Paths of settings without a comment above them; later entries of a list are like the first. `above`: the comment of the node. */
function undocumented(node: unknown, path: string, above?: string | null): string[] {
  if (isSeq(node)) return undocumented(node.items[0], `${path}[0]`, node.commentBefore);
  if (!isMap(node)) return [];
  return (node.items as Pair[]).flatMap(({ key, value }, index) => {
    const name = `${path}${path ? "." : ""}${isScalar(key) ? key.value : "?"}`;
    // The parser hangs the comment above a map's first key on the map, or on the list around it.
    const comment = (key as Node).commentBefore ?? (index === 0 ? (node.commentBefore ?? above) : undefined);
    return [...(comment || path === "tags" ? [] : [name]), ...undocumented(value, name)];
  });
}

it.each(names)("documents every setting of %s.yaml where it stands", (name) => {
  const text = textOf(name).replace(/^(#.*\n)+/, "");
  expect(undocumented(parseDocument(text).contents, "")).toEqual([]);
});
