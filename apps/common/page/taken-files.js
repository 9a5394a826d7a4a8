/**
 * Hands on the files that people choose, drop anywhere on the page, or paste.
 * @param parts - {input, drop}: the field to choose with, and the element that shows that files may be dropped.
 * @param take - gets a list of files.
 */
export function takeFiles({ input, drop }, take) {
  input.addEventListener("change", () => {
    take(input.files);
    // So that the same file can be chosen again.
    input.value = "";
  });
  document.addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    drop.classList.add("over");
  });
  document.addEventListener("dragleave", ({ relatedTarget }) => relatedTarget ?? drop.classList.remove("over"));
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    take(event.dataTransfer.files);
  });
  document.addEventListener("paste", ({ clipboardData }) => take(clipboardData.files));
}
