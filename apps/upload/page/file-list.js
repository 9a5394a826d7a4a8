import { fileRow } from "./file-row.js";
import { mebibytes } from "./words.js";

const words = {
  waiting: "Waiting",
  sending: "Uploading",
  again: "Waiting",
  done: "Uploaded, waits for the next batch",
  refused: "Refused",
  cancelled: "Cancelled",
  "signed-out": "Not uploaded: signed out",
};
const looks = { done: "good", refused: "bad", "signed-out": "bad" };
const underWay = ["waiting", "sending", "again"];

/** The list of files with how far each is, the newest first. */
export class FileList {
  #rows = new Map();
  #list;
  #cancel;

  /** @param cancel - told an item that is to be given up. */
  constructor(list, cancel) {
    this.#list = list;
    this.#cancel = cancel;
  }

  /** Counts by state, and how much of all that is not refused is uploaded, 0 to 1. */
  get counts() {
    const counts = { all: this.#rows.size };
    let [sent, size] = [0, 0];
    for (const { state, file, sentBytes } of this.#rows.keys()) {
      counts[state] = (counts[state] ?? 0) + 1;
      if (!underWay.includes(state) && state !== "done") continue;
      sent += sentBytes;
      size += file.size;
    }
    return {
      ...counts,
      left: underWay.reduce((sum, state) => sum + (counts[state] ?? 0), 0),
      share: sent / (size || 1),
    };
  }

  show(item) {
    const row = this.#rows.get(item) ?? this.#newRow(item);
    const { state, file, sentBytes, why } = item;
    const far = state === "sending" ? ` ${mebibytes(sentBytes)} of ${mebibytes(file.size)}` : "";
    row.state.textContent = why ? `${words[state]}: ${why}` : words[state] + far;
    row.state.className = `state ${looks[state] ?? "quiet"}`;
    row.progress.hidden = state !== "sending";
    row.progress.value = sentBytes / (file.size || 1);
    const open = underWay.includes(state);
    // The keyboard's place must not vanish with the button.
    if (!open && document.activeElement === row.cancel) document.getElementById("uploads-title").focus();
    row.cancel.hidden = !open;
  }

  #newRow(item) {
    const { file } = item;
    const { row, state, progress } = fileRow(file, file.name, `${file.name}: uploaded so far`);
    const cancel = document.createElement("button");
    cancel.type = "button";
    cancel.textContent = "Cancel";
    cancel.setAttribute("aria-label", `Cancel ${file.name}`);
    cancel.addEventListener("click", () => this.#cancel(item));
    row.append(cancel);
    this.#list.prepend(row);
    const made = { state, progress, cancel };
    this.#rows.set(item, made);
    return made;
  }
}
