import { fileRow } from "./file-row.js";

const words = {
  waiting: "Waiting",
  sending: "Sending",
  again: "Waiting",
  sent: "Sent",
  refused: "Refused",
  "signed-out": "Not sent: signed out",
};

/** The list of images with how far each is, the newest first. */
export class FileList {
  #rows = new Map();
  #list;

  constructor(list) {
    this.#list = list;
  }

  /** Counts by state. */
  get counts() {
    const counts = {};
    for (const { state } of this.#rows.keys()) counts[state] = (counts[state] ?? 0) + 1;
    return { ...counts, all: this.#rows.size };
  }

  show(item) {
    const row = this.#rows.get(item) ?? this.#newRow(item);
    const { state, progress, why } = item;
    const shown = state === "sending" && progress === 1 ? "Waiting for the confirmation" : words[state];
    row.state.textContent = why ? `${shown}: ${why}` : shown;
    row.state.className = { sent: "good", refused: "bad", "signed-out": "bad" }[state] ?? "quiet";
    row.progress.hidden = state !== "sending";
    row.progress.value = progress;
  }

  #newRow(item) {
    const { file, name } = item;
    const { row, ...made } = fileRow(file, name, `${name}: sent so far`);
    this.#list.prepend(row);
    this.#rows.set(item, made);
    return made;
  }
}
