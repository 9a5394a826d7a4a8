import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, visit } from "yaml";
import type { SettingPath } from "./faults/fault";
import { type SyntaxFault, syntaxFaults } from "./yaml-syntax";

/** A parsed YAML file that still knows where everything stands. */
export interface YamlFile {
  /** Plain data; undefined when the file could not be read as YAML at all. */
  readonly value: unknown;
  readonly syntax: readonly SyntaxFault[];
  /** Line and column (from 1) of the value at `path`, or of its key; where there is none, of the nearest parent's key. */
  position(path: SettingPath, at: "key" | "value"): { readonly line: number; readonly column: number };
  /** How the scalar at `path` is written, for example 000123. */
  source(path: SettingPath): string | undefined;
}

/** Reads YAML 1.2. Never throws: what is wrong is in `syntax`. */
export function readYaml(text: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "error" });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const unresolved: { name: string; offset: number }[] = [];
  visit(document, {
    Alias: (_, alias) => {
      if (!alias.resolve(document)) unresolved.push({ name: alias.source, offset: alias.range?.[0] ?? 0 });
    },
  });
  const syntax = syntaxFaults([...document.errors, ...document.warnings], unresolved, text, place);
  const fatal = unresolved.length > 0 || document.errors.some(({ code }) => code !== "DUPLICATE_KEY");
  let value: unknown;
  if (!fatal) {
    try {
      value = document.toJS();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      syntax.push({
        line: 1,
        column: 1,
        expected: "few repetitions through anchors",
        came: message,
        toDo: "Write it out.",
      });
    }
  }
  const find = (path: SettingPath) =>
    locate(document.contents, path, (node) => (isAlias(node) ? node.resolve(document) : node));
  return {
    value,
    syntax,
    position(path, at) {
      const found = find(path);
      return place((at === "value" && found.complete ? found.value : found.key) ?? 0);
    },
    source(path) {
      const { node } = find(path);
      return isScalar(node) ? node.source : undefined;
    },
  };
}

interface Located {
  /** Offset of the key of the deepest part of the path that is there. */
  readonly key: number | undefined;
  /** Offset of its value. */
  readonly value: number | undefined;
  readonly node: unknown;
  /** Whether the whole path is there. */
  readonly complete: boolean;
}

function locate(root: Node | null, path: SettingPath, resolve: (node: unknown) => unknown): Located {
  let found: Located = { key: root?.range?.[0], value: root?.range?.[0], node: root, complete: true };
  for (const step of path) {
    const parent = resolve(found.node);
    if (isMap(parent)) {
      const pair = (parent.items as Pair[]).find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (!pair) return { ...found, complete: false };
      const key = (pair.key as Node).range?.[0];
      const written =
        pair.value !== null && !(isScalar(pair.value) && pair.value.source === "" && pair.value.type === "PLAIN");
      found = { key, value: written ? (pair.value as Node).range?.[0] : key, node: pair.value, complete: true };
    } else if (isSeq(parent) && typeof step === "number" && step < parent.items.length) {
      const node = parent.items[step] as Node | null;
      found = { key: node?.range?.[0] ?? found.key, value: node?.range?.[0] ?? found.value, node, complete: true };
    } else return { ...found, complete: false };
  }
  return found;
}
