import type { Progress } from "./options";

/**
 * Writes progress as lines: each step of a stack once, and every change that is made. In a terminal one further line
 * at the bottom shows what is going on at the moment.
 */
export function progressWriter(stream: NodeJS.WriteStream): { take(progress: Progress): void; end(): void } {
  const last = new Map<string, string>();
  const clear = stream.isTTY ? "\r\x1b[2K" : "";
  return {
    take({ stack, step, message }) {
      const line = stack === undefined ? message : `${stack}: ${message}`;
      const first = last.get(stack ?? "") !== step;
      last.set(stack ?? "", step);
      if (first || step === "apply" || step === "prepare" || step === "done") stream.write(`${clear}${line}\n`);
      else if (stream.isTTY) stream.write(`${clear}${line.slice(0, Math.max(20, stream.columns - 1))}`);
    },
    end() {
      stream.write(clear);
    },
  };
}
