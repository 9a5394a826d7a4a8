import { uploadFile } from "./upload-file.js";

/** Files on their way at once. */
const atOnce = 4;

/** Uploads files in the order they were chosen, some at once, and those that have to wait again. */
export class UploadQueue {
  #waiting = [];
  #running = 0;
  #unfinished;
  #onChange;

  /** @param onChange - told an item whenever its `state`, `sentBytes` or `why` changes. */
  constructor(unfinished, onChange) {
    this.#unfinished = unfinished;
    this.#onChange = onChange;
  }

  /** Files that are not ended yet. */
  get left() {
    return this.#waiting.length + this.#running;
  }

  add(file) {
    const item = { file, state: "waiting", sentBytes: 0, why: "", cancelling: new AbortController() };
    this.#onChange(item);
    this.#waiting.push(item);
    void this.#next();
  }

  /** Parts that S3 has stay, so that the file can be chosen again. */
  cancel(item) {
    item.cancelling.abort();
    this.#waiting = this.#waiting.filter((other) => other !== item);
    this.#onChange(Object.assign(item, { state: "cancelled", why: "" }));
  }

  async #next() {
    if (this.#running >= atOnce) return;
    const item = this.#waiting.shift();
    if (item === undefined) return;
    this.#running += 1;
    await this.#upload(item);
    this.#running -= 1;
    void this.#next();
  }

  async #upload(item) {
    const { signal } = item.cancelling;
    const tell = (change) => signal.aborted || this.#onChange(Object.assign(item, change));
    while (!signal.aborted) {
      tell({ state: "sending", why: "" });
      const outcome = await uploadFile(item.file, this.#unfinished, (sentBytes) => tell({ sentBytes }), signal);
      if (outcome.state === "done") return tell({ state: "done", sentBytes: item.file.size });
      if (outcome.state !== "wait") return tell(outcome);
      tell({ state: "again", why: `${outcome.why}, trying again in ${outcome.seconds} s` });
      await pause(outcome.seconds, signal);
    }
  }
}

/** Ends early when the connection is back, or the file is given up. */
function pause(seconds, signal) {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener("online", end);
      resolve();
    };
    const timer = setTimeout(end, seconds * 1000);
    addEventListener("online", end);
    signal.addEventListener("abort", end, { once: true });
  });
}
