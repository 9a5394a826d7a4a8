import { ask } from "./api.js";
import { mebibytes } from "./words.js";

/** Shows uploads in parts that an earlier visit began, with a button to drop each. */
export class UnfinishedList {
  #parts;
  #unfinished;

  /** @param parts - {section, list, title}: elements of the page. */
  constructor(parts, unfinished) {
    this.#parts = parts;
    this.#unfinished = unfinished;
  }

  /** @param isUnderWay - whether an upload goes on just now, and is in the other list. */
  show(isUnderWay) {
    const { section, list } = this.#parts;
    const waiting = this.#unfinished.all.filter(({ uploadId }) => !isUnderWay(uploadId));
    const shown = waiting.map(({ uploadId }) => uploadId).join(" ");
    section.hidden = waiting.length === 0;
    if (list.dataset.shown === shown) return;
    list.dataset.shown = shown;
    list.replaceChildren(...waiting.map((entry) => this.#row(entry, isUnderWay)));
  }

  #row(entry, isUnderWay) {
    const { name, sizeBytes, sentBytes, key, uploadId } = entry;
    const [row, text, drop] = ["li", "span", "button"].map((element) => document.createElement(element));
    text.textContent = `${name}: ${mebibytes(sentBytes)} of ${mebibytes(sizeBytes)} are there`;
    drop.type = "button";
    drop.textContent = "Discard";
    drop.setAttribute("aria-label", `Discard ${name}`);
    drop.addEventListener("click", async () => {
      drop.disabled = true;
      // Where it fails, the bucket's lifecycle removes the parts.
      await ask("/uploads/abort", { key, uploadId });
      this.#unfinished.forget(uploadId);
      this.show(isUnderWay);
      (this.#parts.section.hidden ? this.#parts.after : this.#parts.title).focus();
    });
    row.append(text, drop);
    return row;
  }
}
