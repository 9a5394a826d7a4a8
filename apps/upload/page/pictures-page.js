import { ask } from "./api.js";
import { NextBatch } from "./next-batch.js";
import { dayInUtc } from "./words.js";

const element = (id) => document.getElementById(id);
const list = element("pictures");
const more = element("more");
let next;

/** Shows the next page of pictures. @returns the first new one */
async function load() {
  const answer = await ask(`/pictures${next === undefined ? "" : `?after=${encodeURIComponent(next)}`}`);
  if (answer.state !== "done") {
    element("count").textContent =
      answer.state === "signed-out" ? "You are signed out. Load the page anew to sign in." : `${answer.why}.`;
    more.textContent = "Try again";
    more.hidden = false;
    return undefined;
  }
  const rows = answer.body.pictures.map(rowOf);
  list.append(...rows);
  next = answer.body.next;
  more.textContent = "Show more";
  more.hidden = next === undefined;
  element("count").textContent = countOf(list.children.length);
  return rows[0];
}

function countOf(count) {
  if (count === 0 && next === undefined) return "No pictures yet: they appear after the next batch.";
  const shown = count === 1 ? "1 picture is shown" : `${count} pictures are shown`;
  return next === undefined ? `${shown}, all there are.` : `${shown}.`;
}

function rowOf({ name, removedAt, thumbnail, large }) {
  const [row, link, picture, removal, time] = ["li", "a", "img", "p", "time"].map((tag) => document.createElement(tag));
  link.href = large.url;
  picture.src = thumbnail.url;
  picture.loading = "lazy";
  picture.width = thumbnail.width;
  picture.height = thumbnail.height;
  picture.alt = name;
  link.append(picture);
  const title = document.createElement("p");
  // The picture's text says it, too.
  title.setAttribute("aria-hidden", "true");
  title.textContent = name;
  time.dateTime = removedAt;
  time.textContent = dayInUtc(removedAt);
  removal.className = "quiet";
  removal.append("Removed on ", time);
  row.append(link, title, removal);
  return row;
}

more.addEventListener("click", async () => {
  more.disabled = true;
  const first = await load();
  more.disabled = false;
  // To the first new picture, so that the keyboard goes on where the list does.
  first?.querySelector("a").focus();
});

void new NextBatch({ batch: element("batch"), here: element("batch-here") }).show();
void load();
const { state, body } = await ask("/limits");
if (state === "done") {
  const days = body.processedDays === 1 ? "1 day" : `${body.processedDays} days`;
  element("kept").textContent =
    `Pictures are kept ${days} after they were processed, and are removed at the midnight (UTC) after that.`;
}
