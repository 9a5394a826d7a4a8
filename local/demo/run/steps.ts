import type { StepReport } from "../report";

/** Shows the steps of a run. */
export interface StepView {
  /** Told once, when all steps are known. */
  begin(steps: readonly StepReport[]): void;
  /** Told of every change of a step. */
  update(index: number, step: StepReport): void;
  /** Told once all steps have ended. */
  end(): Promise<void>;
}

type Results<Needs extends readonly Promise<unknown>[]> = { [Key in keyof Needs]: Awaited<Needs[Key]> };

/** Says what a step is at. */
export type Note = (text: string) => void;

/**
 * Steps that start as soon as what they need is there, side by side where they may. The first failure aborts the rest.
 */
export class Steps {
  readonly #steps: StepReport[] = [];
  readonly #ends: Promise<unknown>[] = [];
  #begun = false;

  constructor(
    private readonly view: StepView,
    private readonly abort: AbortController,
  ) {}

  get reports(): readonly StepReport[] {
    return this.#steps;
  }

  /** Adds a step. All steps are added before the first await. */
  add<const Needs extends readonly Promise<unknown>[], Result>(
    name: string,
    needs: Needs,
    work: (needed: Results<Needs>, note: Note) => Promise<Result>,
  ): Promise<Result> {
    const index = this.#steps.push({ name, state: "waiting" }) - 1;
    const result = this.#run(index, needs, work);
    this.#ends.push(result);
    // Whoever needs the step sees its failure; without this, a failure before settle() would end the process.
    result.catch(() => {});
    return result;
  }

  /** Waits until every step has ended, well or not. @throws the first failure */
  async settle(): Promise<void> {
    this.#begun = true;
    this.view.begin(this.#steps);
    await Promise.allSettled(this.#ends);
    await this.view.end();
    this.abort.signal.throwIfAborted();
  }

  async #run<Needs extends readonly Promise<unknown>[], Result>(
    index: number,
    needs: Needs,
    work: (needed: Results<Needs>, note: Note) => Promise<Result>,
  ): Promise<Result> {
    const needed = (await Promise.all(needs)) as unknown as Results<Needs>;
    this.abort.signal.throwIfAborted();
    const since = performance.now();
    const seconds = () => (performance.now() - since) / 1000;
    this.#change(index, { state: "running" });
    try {
      const result = await work(needed, (note) => this.#change(index, { note }));
      this.#change(index, { state: "done", seconds: seconds() });
      return result;
    } catch (error) {
      // What fails because the run was aborted is not its cause.
      const stopped = this.abort.signal.aborted && { note: "stopped" };
      this.#change(index, { state: "failed", seconds: seconds(), ...stopped });
      if (!stopped) this.abort.abort(error);
      throw error;
    }
  }

  #change(index: number, change: Partial<StepReport>): void {
    const step = { ...(this.#steps[index] as StepReport), ...change };
    this.#steps[index] = step;
    if (this.#begun) this.view.update(index, step);
  }
}
