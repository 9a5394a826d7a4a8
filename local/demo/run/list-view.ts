import type { StepReport } from "../report";
import type { StepView } from "./steps";

/** A list that changes in place: for terminals. */
export async function listView(): Promise<StepView> {
  // listr2 is an ECMAScript module, which only the edge of the program loads.
  const { Listr } = await import("listr2");
  type Shown = { title: string; output: string };
  const shown: (Shown | undefined)[] = [];
  const ends: (() => void)[] = [];
  let over = false;
  let steps: readonly StepReport[] = [];
  let list: Promise<unknown> = Promise.resolve();
  const show = (index: number) => {
    const task = shown[index];
    const step = steps[index];
    if (task === undefined || step === undefined) return;
    const time = step.seconds === undefined ? "" : ` (${step.seconds.toFixed(1)} s)`;
    task.title = step.state === "waiting" ? `${step.name} (waits)` : `${step.name}${time}`;
    if (step.note !== undefined) {
      if (step.state === "running") task.output = step.note;
      else task.title = `${step.name}: ${step.note}${time}`;
    }
    if (step.state === "done" || step.state === "failed") ends[index]?.();
  };
  return {
    begin(all) {
      steps = all;
      const tasks = all.map(({ name }, index) => ({
        title: name,
        task: async (_: unknown, task: Shown) => {
          shown[index] = task;
          await new Promise<void>((resolve) => {
            ends[index] = resolve;
            show(index);
            if (over) resolve();
          });
          if (steps[index]?.state !== "done") throw new Error(task.title);
        },
      }));
      list = new Listr(tasks, {
        concurrent: true,
        exitOnError: false,
        registerSignalListeners: false,
        rendererOptions: { showErrorMessage: false, collapseSubtasks: false },
      })
        .run()
        .catch(() => {});
    },
    update: show,
    async end() {
      // Steps that never started end here; where all ended at once, the list has not even begun to show some.
      over = true;
      for (const end of ends) end?.();
      await list;
    },
  };
}
