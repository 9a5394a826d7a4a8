import { ask } from "./api.js";
import { fromNow, momentIn } from "./words.js";

/** Shows when the next batch runs, in the administrator's time zone and in the reader's own, and again when it has begun. */
export class NextBatch {
  #parts;
  #timer;

  /** @param parts - {batch, here}: elements of the page. */
  constructor(parts) {
    this.#parts = parts;
    document.addEventListener("visibilitychange", () => document.hidden || this.show());
  }

  async show() {
    clearTimeout(this.#timer);
    const answer = await ask("/batch");
    const { batch, here } = this.#parts;
    if (answer.state !== "done") {
      batch.textContent = "When the next batch runs could not be found out.";
      return this.#later(60_000);
    }
    const { enabled, next, timeZone } = answer.body;
    here.textContent = "";
    if (next === undefined) {
      batch.textContent = enabled
        ? "No further batch is planned; uploads wait until an administrator plans one."
        : "The batch is switched off; uploads wait until an administrator switches it on.";
      return;
    }
    const left = new Date(next) - Date.now();
    const time = document.createElement("time");
    time.dateTime = next;
    time.textContent = `${momentIn(next, timeZone)} (${timeZone})`;
    batch.replaceChildren("Uploads are processed in the next batch: ", time, `, ${fromNow(left)}.`);
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (own !== timeZone) here.textContent = `In your time zone: ${momentIn(next, own)} (${own}).`;
    // To the minute, and just after it has begun.
    this.#later(Math.max(1000, Math.min(left + 1000, 60_000)));
  }

  #later(milliseconds) {
    this.#timer = setTimeout(() => this.show(), milliseconds);
  }
}
