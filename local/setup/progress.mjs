const out = process.stdout;
const live = out.isTTY === true && !process.env.CI;
const coloured = out.isTTY === true && !process.env.NO_COLOR;
const colour = (code, text) => (coloured ? `\u001b[${code}m${text}\u001b[0m` : text);
const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** Says what is being done: one line for each step that had something to do, with the time it took. */
export class Progress {
  #started = Date.now();
  #underWay = new Map();
  #timer;
  #purpose;

  /** `purpose` is the npm script that is being prepared. */
  constructor(purpose) {
    this.#purpose = purpose;
  }

  /** Carries out `step` unless it is current. */
  async carryOut(step) {
    if (step.current()) return;
    if (this.#timer === undefined) {
      out.write(`Setting up what npm ${this.#purpose} needs (the first time takes about a minute)\n`);
      this.#timer = live ? setInterval(() => this.#draw(), 200) : null;
    }
    const since = Date.now();
    this.#underWay.set(step.title, since);
    try {
      await step.build();
      this.#line(`${colour(32, "✓")} ${step.title.padEnd(20)} ${colour(2, seconds(since))}`);
    } catch (error) {
      this.#line(`${colour(31, "✗")} ${step.title.padEnd(20)} ${colour(2, seconds(since))}`);
      throw new Error(`${step.title}: ${error.message}`, { cause: error });
    } finally {
      this.#underWay.delete(step.title);
    }
  }

  /** Removes what is still drawn. */
  end() {
    if (this.#timer) {
      clearInterval(this.#timer);
      out.write("\r\u001b[K");
    }
  }

  #line(text) {
    out.write(`${live ? "\r\u001b[K" : ""}${text}\n`);
  }

  #draw() {
    const names = [...this.#underWay.keys()].join(", ");
    out.write(`\r\u001b[K${colour(2, `… ${names} ${seconds(this.#started)}`)}`);
  }
}
