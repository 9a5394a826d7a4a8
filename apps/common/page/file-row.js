/**
 * A row of a list of files: its picture, its name, and how far it is.
 * @param label - what the bar shows, for screen readers.
 * @returns {row, state, progress}: elements.
 */
export function fileRow(file, name, label) {
  const [row, title, state] = ["li", "span", "span"].map((element) => document.createElement(element));
  const progress = document.createElement("progress");
  progress.max = 1;
  progress.setAttribute("aria-label", label);
  title.className = "name";
  title.textContent = name;
  row.append(pictureOf(file), title, state, progress);
  return { row, state, progress };
}

/** Decoration: the name beside it says the same. Decoded only when it comes into view. */
function pictureOf(file) {
  const picture = document.createElement("img");
  picture.alt = "";
  picture.loading = "lazy";
  const url = URL.createObjectURL(file);
  const free = () => URL.revokeObjectURL(url);
  picture.addEventListener("load", free);
  // What no browser shows is a grey square, without the browser's sign for a broken picture.
  picture.addEventListener("error", () => {
    free();
    const square = document.createElement("span");
    square.className = "picture";
    picture.replaceWith(square);
  });
  picture.src = url;
  return picture;
}
