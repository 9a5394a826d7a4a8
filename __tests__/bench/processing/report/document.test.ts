import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { withFigures } from "../../../../bench/processing/report/document";
import { plot } from "../../../../bench/processing/report/plot";
import { sections } from "../../../../bench/processing/report/sections";
import type { ProcessingBench } from "../../../../bench/processing/result";
import { benchResult } from "../bench-result";

const docs = join(__dirname, "../../../../docs");
const doc = (name: string) => readFileSync(join(docs, name), "utf8");
const has = (name: string) => existsSync(join(docs, name));
const kept = has("bench.json") ? (JSON.parse(doc("bench.json")) as ProcessingBench) : undefined;

const page = (names: readonly string[]) =>
  names.map((name) => `<!-- figures: ${name} -->\nyesterday\n<!-- /figures -->`).join("\ntext\n");

it("keeps docs/bench.md at the figures of docs/bench.json, and without any where there is no such run", () => {
  expect(withFigures(doc("bench.md"), kept)).toBe(doc("bench.md"));
});

it("keeps docs/bench.svg at the figures of docs/bench.json: both or neither", () => {
  expect(has("bench.svg") ? doc("bench.svg") : undefined).toBe(kept && plot(kept));
});

it("shows no figures before there is a run", () => {
  const text = page(Object.keys(sections));
  expect(withFigures(text, undefined)).not.toMatch(/yesterday|\|/);
});

it("writes figures between their marks alone, and again the same", () => {
  const text = page(Object.keys(sections));
  const written = withFigures(text, benchResult());
  expect(written).toContain("\ntext\n");
  expect(written).not.toContain("yesterday");
  expect(written).toContain("| stream: Kafka → function → S3 | 9.0 | 0.90 | 110 | 0.91 | 6.0 | 400 MB |");
  expect(withFigures(written, benchResult())).toBe(written);
});

it("refuses a page that lacks a section or has one that nobody writes", () => {
  const names = Object.keys(sections).filter((name) => name !== "cost");
  expect(() => withFigures(page([...names, "weather"]), benchResult())).toThrow(
    new Error("docs/bench.md: sections missing: cost; unknown: weather"),
  );
});

it("says how the memory settings were found", () => {
  expect(sections.memory?.(benchResult())).toMatch(/^Measured under a limit/);
  expect(sections.memory?.(benchResult({ memoryMeasured: false }))).toMatch(/^Reckoned from the processor time/);
});
