import { newImageId } from "./image-id.js";
import { sendImage } from "./send-image.js";

/** Images on their way at once. */
const atOnce = 3;

/** Sends images one after the other, some at once, and those that have to wait again, under the same id. */
export class SendQueue {
  #waiting = [];
  #running = 0;
  #limits;
  #onChange;

  /**
   * @param limits - promise of the service's {mostBytes}.
   * @param onChange - told an item whenever its `state`, `progress` or `why` changes.
   */
  constructor(limits, onChange) {
    this.#limits = limits;
    this.#onChange = onChange;
  }

  /** Images not ended yet. */
  get left() {
    return this.#waiting.length + this.#running;
  }

  add(file, name = file.name) {
    const item = { id: newImageId(), file, name, state: "waiting", progress: 0, why: "" };
    this.#onChange(item);
    this.#waiting.push(item);
    void this.#next();
  }

  async #next() {
    if (this.#running >= atOnce) return;
    const item = this.#waiting.shift();
    if (item === undefined) return;
    this.#running += 1;
    await this.#send(item);
    this.#running -= 1;
    void this.#next();
  }

  async #send(item) {
    const tell = (change) => this.#onChange(Object.assign(item, change));
    const { mostBytes } = await this.#limits;
    if (item.file.size === 0) return tell({ state: "refused", why: "This file is empty." });
    if (item.file.size > mostBytes) return tell({ state: "refused", why: "This image is too large." });
    for (;;) {
      tell({ state: "sending", progress: 0, why: "" });
      const outcome = await sendImage(item, (progress) => tell({ progress }));
      if (outcome.state !== "wait") return tell(outcome);
      tell({ state: "again", why: `${outcome.why}, trying again in ${outcome.seconds} s` });
      await new Promise((resolve) => setTimeout(resolve, outcome.seconds * 1000));
    }
  }
}
