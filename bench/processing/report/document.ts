import type { ProcessingBench } from "../result";
import { sections } from "./sections";

const block = /<!-- figures: ([\w-]+) -->[\s\S]*?<!-- \/figures -->/g;

/**
 * Writes the figures of a run, or none before there is one, into the text of docs/bench.md: what stands between `<!-- figures: name -->` and `<!-- /figures -->`.
 * @throws Error when the text lacks a section, or has one that nobody writes
 */
export function withFigures(text: string, bench: ProcessingBench | undefined): string {
  const names = [...text.matchAll(block)].map(([, name = ""]) => name);
  const strange = names.filter((name) => !(name in sections));
  const missing = Object.keys(sections).filter((name) => !names.includes(name));
  if (strange.length > 0 || missing.length > 0) {
    throw new Error(
      `docs/bench.md: sections missing: ${missing.join(", ") || "none"}; unknown: ${strange.join(", ") || "none"}`,
    );
  }
  return text.replace(block, (_, name: string) => {
    const figures = bench && sections[name]?.(bench);
    return `<!-- figures: ${name} -->\n\n${figures ? `${figures}\n\n` : ""}<!-- /figures -->`;
  });
}
