import { Camera } from "./camera.js";
import { FileList } from "./file-list.js";
import { SendQueue } from "./send-queue.js";
import { takeFiles } from "./taken-files.js";

const element = (id) => document.getElementById(id);

const list = new FileList(element("list"));
/** Asked once, and again by loading the page anew; without an answer the service itself refuses what is too large. */
const limits = fetch("/limits")
  .then((answer) => (answer.ok ? answer.json() : {}))
  .catch(() => ({}))
  .then((found) => ({ mostBytes: Number.POSITIVE_INFINITY, accepted: ["image/*"], ...found }));

const queue = new SendQueue(limits, (item) => {
  list.show(item);
  showSummary();
});

/** In words that are read out: only when a count changes, or a screen reader would never be silent. */
function showSummary() {
  const { all, sent = 0, refused = 0, again = 0, "signed-out": signedOut = 0 } = list.counts;
  const parts = [
    `${sent} of ${all} sent`,
    refused && `${refused} refused`,
    again && `${again} waiting for the service`,
  ];
  const text = parts.filter(Boolean).join(", ");
  if (element("summary").textContent !== text) element("summary").textContent = text;
  element("signed-out").hidden = signedOut === 0;
}

takeFiles({ input: element("files"), drop: element("drop") }, (files) => {
  for (const file of files) queue.add(file);
});

new Camera(
  {
    video: element("camera"),
    on: element("camera-on"),
    take: element("camera-take"),
    stream: element("camera-stream"),
    note: element("camera-note"),
  },
  (file, name) => queue.add(file, name),
  () => queue.left,
);

addEventListener("beforeunload", (event) => {
  if (queue.left > 0) event.preventDefault();
});

const { mostBytes, accepted } = await limits;
element("files").accept = accepted.join(",");
if (Number.isFinite(mostBytes)) {
  const kinds = accepted.map((type) => type.replace("image/", "").toUpperCase()).join(", ");
  element("limits").textContent = `${kinds}; at most ${Math.floor(mostBytes / 1048576)} MiB each.`;
}
