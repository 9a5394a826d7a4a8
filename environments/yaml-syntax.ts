import type { ErrorCode, YAMLError } from "yaml";

/** What is wrong with the YAML itself. */
export interface SyntaxFault {
  readonly line: number;
  readonly column: number;
  readonly expected: string;
  readonly came: string;
  readonly toDo: string;
}

const expectations: Partial<Record<ErrorCode, { readonly expected: string; readonly toDo: string }>> = {
  TAB_AS_INDENT: { expected: "spaces as indentation", toDo: "Replace the tab by spaces." },
  BAD_INDENT: { expected: "an even indentation", toDo: "Move the line to the column of the lines beside it." },
  MULTIPLE_DOCS: { expected: "one environment a file", toDo: "Remove the line ---." },
  MISSING_CHAR: { expected: "well-formed YAML", toDo: "Add what is missing." },
  BLOCK_AS_IMPLICIT_KEY: {
    expected: "one key a line",
    toDo: "Put the text in quotes, or the second key on a line of its own.",
  },
  TAG_RESOLVE_FAILED: { expected: "plain values", toDo: "Remove the tag that begins with !." },
};

/** The parser's complaints and references to anchors that do not exist, in the words of all other faults. */
export function syntaxFaults(
  errors: readonly YAMLError[],
  unresolved: readonly { readonly name: string; readonly offset: number }[],
  text: string,
  place: (offset: number) => { readonly line: number; readonly column: number },
): SyntaxFault[] {
  const faults = [
    ...errors.map(({ code, message, pos }) => {
      if (code === "DUPLICATE_KEY") {
        const key = /^[^:\s]*/.exec(text.slice(pos[0]))?.[0];
        return {
          ...place(pos[0]),
          expected: "each key once",
          came: `got ${key} again`,
          toDo: "Remove one of the two.",
        };
      }
      const { expected, toDo } = expectations[code] ?? { expected: "well-formed YAML", toDo: "Correct the line." };
      return { ...place(pos[0]), expected, came: `the parser says: ${message}`, toDo };
    }),
    ...unresolved.map(({ name, offset }) => ({
      ...place(offset),
      expected: "an anchor that is written above",
      came: `got *${name}, and there is no &${name}`,
      toDo: "Put text that begins with * in quotes.",
    })),
  ];
  // One mistake makes the parser stumble several times in a line.
  return faults.filter((fault, index) => faults.findIndex(({ line }) => line === fault.line) === index);
}
