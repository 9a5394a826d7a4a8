import type { StepReport } from "../report";
import type { StepView } from "./steps";

/** Seconds between two lines on what a long step is at. */
const noteEverySeconds = 5;

/** One line when a step ends, and now and then one on what a long step is at: for logs. */
export function plainView(write: (line: string) => void, now: () => number = () => Date.now()): StepView {
  const noted = new Map<number, number>();
  return {
    begin: () => {},
    update(index, { name, state, seconds, note }: StepReport) {
      const detail = note === undefined ? "" : `: ${note}`;
      if (state === "done") return write(`✔ ${name}${detail} (${seconds?.toFixed(1)} s)`);
      if (state === "failed") return write(`✖ ${name}${detail} (${seconds?.toFixed(1)} s)`);
      const last = noted.get(index);
      if (last === undefined) noted.set(index, now());
      else if (note !== undefined && now() - last >= noteEverySeconds * 1000) {
        noted.set(index, now());
        write(`… ${name}${detail}`);
      }
    },
    end: async () => {},
  };
}
