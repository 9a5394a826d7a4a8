import { createColors } from "picocolors";
import type { Status, TitledFinding } from "./finding";

const words: Readonly<Record<Status, string>> = {
  ok: "ok",
  warning: "warning",
  fault: "fault",
  unchecked: "not checked",
};

const width = Math.max(...Object.values(words).map((word) => word.length));

/** The findings for people: a line each, below it what mends it; then what it comes to. */
export function renderFindings(findings: readonly TitledFinding[], color: boolean): string {
  const c = createColors(color);
  const paint: Readonly<Record<Status, (text: string) => string>> = {
    ok: c.green,
    warning: c.yellow,
    fault: c.red,
    unchecked: c.dim,
  };
  const lines = findings.flatMap(({ status, check, environment, text, mend }) => {
    const place = environment === undefined ? check : `${environment}: ${check}`;
    const head = `${paint[status](words[status].padEnd(width))}  ${place}: ${text}`;
    return mend === undefined ? [head] : [head, `${" ".repeat(width)}  → ${mend}`];
  });
  const count = (status: Status) => findings.filter((finding) => finding.status === status).length;
  const [faults, warnings, unknown] = [count("fault"), count("warning"), count("unchecked")];
  const end = `${faults} faults, ${warnings} warnings, ${unknown} not checked, ${count("ok")} ok.`;
  return [...lines, end].join("\n");
}

/** 1 when there is a fault, else 0. */
export const doctorExitCode = (findings: readonly TitledFinding[]): 0 | 1 =>
  findings.some(({ status }) => status === "fault") ? 1 : 0;
